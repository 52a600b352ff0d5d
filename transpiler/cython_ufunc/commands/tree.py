# SPDX-License-Identifier: BSD-3-Clause
"""The tree of cython-ufunc's files around this package: a source tree, or an installed one of the same layout."""

from pathlib import Path
from typing import Dict, Iterator

from cython_ufunc.errors import UserError

_PACKAGE = Path(__file__).resolve().parent.parent
# Where a wheel has the tree, below the package that Python imports.
_IN_WHEEL = _PACKAGE / "share" / "CythonUfunc"

# What a project needs to build with a copy of its own.
FOR_BUILDS = [
    "CMakeLists.txt",
    "LICENSE",
    "README.md",
    "cmake",
    "meson",
    "meson.build",
    "meson.options",
    "runtime",
    "templates",
    "transpiler",
]
# What there is besides, in one of the two kinds of tree or in both.
_NOT_FOR_BUILDS = [
    "cmake/CythonUfuncConfig.cmake",
    "cmake/CythonUfuncConfigVersion.cmake",
    "templates/package",
    "transpiler/cython_ufunc/__main__.py",
    "transpiler/cython_ufunc/audit",
    "transpiler/cython_ufunc/commands",
    "transpiler/cython_ufunc/doctor",
]


def root() -> Path:
    """The tree's folder: it has `CMakeLists.txt`, `meson.build` and the folders of both in it."""
    return _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent.parent


def cmake_folder() -> Path:
    """The folder for CMake's variable `CythonUfunc_DIR`. Raises UserError in a source tree, which has none."""
    folder = root() / "cmake"
    if not (folder / "CythonUfuncConfig.cmake").is_file():
        raise UserError(
            f"{folder} has no CythonUfuncConfig.cmake for find_package(), as this is a source tree. "
            f"Install it ('pip install {root()}'), or use add_subdirectory(\"{root()}\")."
        )
    return folder


def transpiler() -> Path:
    """The program that builds run."""
    return root() / "transpiler" / "cython_ufunc_main.py"


def files_below(folder: Path) -> Iterator[Path]:
    """The files in `folder` and below, sorted, without those that Python leaves behind."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def files_for_builds() -> Dict[str, bytes]:
    """The content of each file that builds need, by its name below the tree with `/` in it.

    The same from a source tree, a wheel and what `cmake --install` made.
    """
    found: Dict[str, bytes] = {}
    for entry in FOR_BUILDS:
        top = root() / entry
        for path in [top] if top.is_file() else files_below(top):
            name = path.relative_to(root()).as_posix()
            if not any(name == other or name.startswith(f"{other}/") for other in _NOT_FOR_BUILDS):
                found[name] = path.read_bytes()
    return found
