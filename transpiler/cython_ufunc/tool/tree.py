# SPDX-License-Identifier: BSD-3-Clause
"""The tree of cython-ufunc's files around this package: a source tree, or an installed one of the same layout."""

from pathlib import Path

from cython_ufunc.errors import UserError

_PACKAGE = Path(__file__).resolve().parent.parent
# Where a wheel has the tree, below the package that Python imports.
_IN_WHEEL = _PACKAGE / "share" / "CythonUfunc"


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
