# SPDX-License-Identifier: BSD-3-Clause
"""The ABI of MinGW-w64: Debian's compilers, and what Windows' Python needs to be linked to by them."""

import shutil
import subprocess
from pathlib import Path

from common import debian_packages
from common.environment import ROOT

from cross.machine import Toolchain

PREFIX = "x86_64-w64-mingw32"
PACKAGES = {
    "g++-mingw-w64-x86-64-posix": f"/usr/bin/{PREFIX}-g++-posix",
    "mingw-w64-tools": "/usr/bin/gendef",
}
SOURCES = ("libpython3.13-dev of Debian trixie", "2")


def toolchain() -> Toolchain:
    """MinGW's own libraries are not on the target: -static."""
    programs = {"c": "gcc-posix", "cpp": "g++-posix", "ar": "ar", "strip": "strip"}
    return Toolchain({name: f"{PREFIX}-{program}" for name, program in programs.items()}, link_flags=["-static"])


def complete_python(folder: Path, cache: Path) -> None:
    """Adds headers, import library and the compiler's libraries to the installation of Python in `folder`."""
    _add_compiler_libraries(folder)
    _add_headers(folder, cache)
    for name in ("python313", "python3"):
        _add_import_library(folder, name)


def _add_compiler_libraries(folder: Path) -> None:
    """-static does for all of MinGW's libraries but that of OpenMP, which CMake links by its file name."""
    for name in ("libgomp-1.dll", "libgcc_s_seh-1.dll", "libwinpthread-1.dll"):
        command = [f"{PREFIX}-gcc-posix", f"-print-file-name={name}"]
        path = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        shutil.copy2(path, folder)


def _add_headers(folder: Path, cache: Path) -> None:
    """CPython's headers are the same on every system, but for pyconfig.h; the embeddable Python has none."""
    packages = cache / "python-headers"
    debian_packages.unpack(["libpython3.13-dev"], "trixie", "amd64", packages, dependencies=False)
    shutil.copytree(packages / "usr" / "include" / "python3.13", folder / "include")
    shutil.copy2(ROOT / "test-projects" / "cross-compiling" / "sysroot" / "pyconfig.h", folder / "include")


def _add_import_library(folder: Path, name: str) -> None:
    """What modules are linked to, as an installation of Python for Windows has it in libs/."""
    libraries = folder / "libs"
    libraries.mkdir(exist_ok=True)
    exports = libraries / f"{name}.def"
    with exports.open("wb") as file:
        subprocess.run(["gendef", "-", folder / f"{name}.dll"], check=True, stdout=file, stderr=subprocess.DEVNULL)
    tool = [f"{PREFIX}-dlltool", "-d", str(exports), "-D", f"{name}.dll", "-l", str(libraries / f"{name}.lib")]
    subprocess.run(tool, check=True)
