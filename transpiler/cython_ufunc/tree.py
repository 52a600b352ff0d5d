# SPDX-License-Identifier: BSD-3-Clause
"""The tree of cython-ufunc's files around this package: a source tree, or an installed one of the same layout."""

from pathlib import Path
from typing import Dict, Iterator, Sequence

from cython_ufunc.errors import UserError

_PACKAGE = Path(__file__).resolve().parent
# Where a wheel has the tree, below the package that Python imports.
_IN_WHEEL = _PACKAGE / "share" / "CythonUfunc"

# The list of what is installed.
_LIST = "cmake/private/shipped.txt"
# What an installed tree has besides what builds with a copy of it need.
_NOT_FOR_COPIES = ["cmake/CythonUfuncConfig.cmake", "cmake/CythonUfuncConfigVersion.cmake", "templates/package"]


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


def shipped_files() -> Iterator[str]:
    """The files that are installed, by their names below the tree with `/` in them."""
    lines = (root() / _LIST).read_text(encoding="utf-8").split("\n")
    entries = [line for line in lines if line and not line.startswith("#")]
    left_out = [entry[1:] for entry in entries if entry.startswith("!")]
    for entry in entries:
        top = root() / entry
        for path in [top] if top.is_file() else files_below(top):
            name = path.relative_to(root()).as_posix()
            if not _is_in(name, left_out):
                yield name


def _is_in(name: str, places: Sequence[str]) -> bool:
    """True for one of the files and folders `places`, and for what is in them."""
    return any(name == place or name.startswith(f"{place}/") for place in places)


def files_for_builds() -> Dict[str, bytes]:
    """The content of each file that a project needs to build with a copy of its own, by its name below the tree.

    The same from a source tree, a wheel and what `cmake --install` made.
    """
    names = (name for name in shipped_files() if not _is_in(name, _NOT_FOR_COPIES))
    return {name: (root() / name).read_bytes() for name in names}
