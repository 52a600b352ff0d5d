# SPDX-License-Identifier: BSD-3-Clause
"""What a built extension module is called, and which Python can import it, by its file's name and its exports."""

import functools
import re
import sys
import sysconfig
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import FrozenSet, NamedTuple, Optional

from cython_ufunc.doctor.binary import Binary
from cython_ufunc.doctor.formats import read_binary
from cython_ufunc.errors import UserError
from cython_ufunc.names import imported_name, pyinit_name

# .cpython-311-x86_64-linux-gnu.so, .abi3.so, .cp313-win_amd64.pyd, .pypy310-pp73-x86_64-linux-gnu.so, .so
_SUFFIX = re.compile(r"(?:\.(?P<tag>(?:cpython|cp|pypy|graalpy)-?\d+[^.]*|abi3t?(?:-[^.]*)?))?\.(?:so|pyd)")
_TAG = re.compile(r"(cpython|cp|pypy|graalpy)-?(\d+[a-z]*)")
_SHORT = {"cpython": "cp", "cp": "cp", "pypy": "pypy", "graalpy": "graalpy"}
_DEEPEST_PACKAGE = 8


class PythonAbi(NamedTuple):
    """Which Python a file is for."""

    suffix: str  # what its name ends in
    abi: Optional[str]  # cp311, cp313t, pypy310, abi3; None where the name does not tell


def python_abi(path: Path) -> PythonAbi:
    """What the name of the file `path` says."""
    match = re.search(_SUFFIX.pattern + "$", path.name)
    if not match:
        return PythonAbi(path.suffix, None)
    tag = match["tag"] or ""
    if tag.startswith("abi3"):
        return PythonAbi(match[0], tag.split("-")[0])
    numbers = _TAG.match(tag)
    return PythonAbi(match[0], _SHORT[numbers[1]] + numbers[2] if numbers else None)


def looks_like_extension(path: Path) -> bool:
    """True for a file that is named like an extension module of some Python."""
    return bool(re.search(_SUFFIX.pattern + "$", path.name))


def why_not_here(path: Path, binary: Binary) -> str:
    """Why this Python cannot import the file; an empty string when it can."""
    if not sys.platform.startswith(binary.system):
        return f"it is for {binary.system}, this is {sys.platform}"
    own = _own_machines()
    if own and not own & set(binary.machine.split("+")):
        return f"it is for {binary.machine}, this Python is for {'+'.join(sorted(own))}"
    suffix = python_abi(path).suffix
    if suffix not in EXTENSION_SUFFIXES:
        return f"its name ends in {suffix}, this Python's modules in {sysconfig.get_config_var('EXT_SUFFIX')}"
    return ""


@functools.lru_cache(maxsize=None)
def _own_machines() -> FrozenSet[str]:
    """The processors that this interpreter's file is for; none where it does not tell."""
    try:
        return frozenset(read_binary(Path(sys.executable).resolve()).machine.split("+"))
    except UserError:
        return frozenset()


def module_name(path: Path, root: Optional[Path], binary: Binary) -> str:
    """The qualified name of the module in the file `path`; `root` is the folder that is on sys.path, if it is known.

    Without `root` the packages around it are those with __init__ files, else those of the name in `binary`.
    """
    stem = path.name[: -len(python_abi(path).suffix)]
    if root:
        return imported_name(".".join([*path.parent.relative_to(root).parts, stem]))
    package = path.parent
    parts = [stem]
    while any((package / f"__init__{ending}").is_file() for ending in (".py", ".pyx")) and package.parent != package:
        parts.insert(0, package.name)
        package = package.parent
    if len(parts) > 1 or stem == "__init__":
        return imported_name(".".join(parts))
    longest = stem
    for folder in list(path.absolute().parents)[:_DEEPEST_PACKAGE]:
        parts.insert(0, folder.name)
        name = ".".join(parts)
        if not folder.name.isidentifier():
            break
        if re.search(rb"(?<![\w.])" + re.escape(name.encode()) + rb"(?!\w)", binary.image):
            longest = name
    return longest


def init_function(name: str, binary: Binary) -> Optional[str]:
    """The function that Python calls to make the module `name`; None when `binary` does not export it."""
    expected = pyinit_name(name)
    return expected if expected in binary.exports else None


def is_extension(binary: Binary) -> bool:
    """True when some module can be made from `binary`."""
    return any(export.startswith(("PyInit_", "PyInitU_")) for export in binary.exports)
