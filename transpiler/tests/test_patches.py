# SPDX-License-Identifier: BSD-3-Clause
"""Each change to Cython still has what it changes, and the reason for it, in the Cython that is installed.

A failure means: read that place of the new Cython, and adapt the patch or take it away for that version and later.
"""

import ast
from pathlib import Path
from typing import NamedTuple, Tuple

import Cython
import pytest
from cython_ufunc.cython import patches
from cython_ufunc.cython.version import version_tuple

ALWAYS = (3, 0)
NEWEST = (99,)


class Patch(NamedTuple):
    """What a function of `patches` is for."""

    function: str
    file: str  # of Cython
    text: str  # what the file has as long as the patch is needed
    first: Tuple[int, ...] = ALWAYS
    end: Tuple[int, ...] = NEWEST  # the first version that does not need it


PATCHES = [
    Patch("order_types_by_definition", "Compiler/PyrexTypes.py", "return id(type(self)) < id(type(other))"),
    Patch("list_folders_in_order", "Build/SharedModule.py", " in os.listdir(Code.get_utility_dir())", (3, 2), (3, 3)),
    Patch("order_assignments_by_place", "Compiler/TypeInference.py", "assmts_resolved = set()"),
    Patch("order_traced_places_by_file", "Compiler/ParseTreeTransforms.py", "def _build_positions(self,", (3, 2)),
    Patch("observed", "Utils.py", "def open_source_file(source_filename"),
    Patch("observed", "Utils.py", "def find_versioned_file(directory, filename, suffix"),
    Patch("observed", "Compiler/Scanning.py", "def __init__(self, filename, path_description=None):"),
    Patch("report_errors_with_full_paths", "Compiler/Scanning.py", "if path.startswith(cwd):"),
    Patch("record_errors", "Compiler/Errors.py", "def report_error(err"),
    Patch("start_from", "Compiler/Main.py", "Context.from_options(options)"),
]


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: f"{patch.function}-{patch.file}")
def test_patch_is_needed(patch: Patch) -> None:
    """The installed Cython has what the patch is for, from the version on, and up to the version, that it says."""
    version = version_tuple(Cython.__version__)
    path = Path(Cython.__file__).parent / patch.file
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    is_needed = patch.first <= version < patch.end
    assert (patch.text in text) == is_needed, (
        f"Cython {Cython.__version__}: '{patch.text}' is {'not ' if is_needed else ''}in {path}. "
        f"Look whether patches.{patch.function}() is still right and needed."
    )


def test_each_patch_is_listed() -> None:
    """Each public function of `patches` has a row above, but for the one that calls the others."""
    module = ast.parse(Path(patches.__file__).read_text(encoding="utf-8"))
    functions = {node.name for node in module.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"}
    assert functions - {"make_reproducible"} == {patch.function for patch in PATCHES}


def test_patches_are_nowhere_else() -> None:
    """No other file of the package sets an attribute of Cython or of the standard library."""
    package = Path(patches.__file__).parent.parent
    found = [
        f"{path.relative_to(package)}:{node.lineno}"
        for path in sorted(package.rglob("*.py"))
        if path != Path(patches.__file__)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign) and any(map(_is_of_a_module, node.targets))
    ]
    assert not found, f"belongs into cython/patches.py: {found}"


def _is_of_a_module(target: ast.expr) -> bool:
    """True for `Name.attribute` where the name begins like Cython's modules and classes, or is `os` or `os.path`."""
    if not isinstance(target, ast.Attribute):
        return False
    name = ast.unparse(target.value) if hasattr(ast, "unparse") else getattr(target.value, "id", "")
    return name.split(".")[0][:1].isupper() or name in ("os", "os.path")
