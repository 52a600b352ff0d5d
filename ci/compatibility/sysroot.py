# SPDX-License-Identifier: BSD-3-Clause
"""Debian's Python and NumPy for another processor, run by QEMU's user emulation."""

import shutil
from pathlib import Path
from typing import NamedTuple, Tuple

from common.debian_packages import unpack
from common.environment import ROOT

from compatibility.tools import Compilers

RELEASE = "bookworm"


class Processor(NamedTuple):
    """A processor in the words of Debian, of GCC and of QEMU."""

    debian: str
    triplet: str  # of the compiler
    libraries: str  # the folder of the libraries
    qemu: str


PROCESSORS = {
    "i386": Processor("i386", "i686-linux-gnu", "i386-linux-gnu", "i386"),
    "s390x": Processor("s390x", "s390x-linux-gnu", "s390x-linux-gnu", "s390x"),
}


class Sysroot(NamedTuple):
    """What cross builds for a processor are made with."""

    python: Path  # a command that runs the target's Python here
    numpy: str  # the release
    compilers: Compilers
    cmake_arguments: Tuple[str, ...]


def debian_packages(processor: Processor) -> Tuple[str, ...]:
    """Debian's packages that a machine needs for cross builds for `processor`, and to run what they make."""
    return (f"g++-{processor.triplet}".replace("_", "-"), "qemu-user-static")


def _write_interpreter(folder: Path, processor: Processor) -> Path:
    """Writes the command that runs the Python in `folder`, which is Python's `sys.executable`."""
    command = folder / "python"
    qemu = shutil.which(f"qemu-{processor.qemu}-static")
    command.write_text(f'#!/bin/sh\nexec "{qemu}" -L "{folder}" "{folder}/usr/bin/python3.11" "$@"\n')
    command.chmod(0o755)
    # Else the scripts of checks would start the target's binary on this processor.
    customize = folder / "usr" / "lib" / "python3.11" / "sitecustomize.py"
    customize.unlink(missing_ok=True)
    customize.write_text(f"import sys\n\nsys.executable = {str(command)!r}\n")
    return command


def make_sysroot(processor: Processor) -> Sysroot:
    """Unpacks Debian's Python and NumPy for `processor` below .cache, unless they are there already."""
    folder = ROOT / ".cache" / "sysroots" / processor.debian
    unpack(["python3-dev", "python3-numpy", "libstdc++6"], RELEASE, processor.debian, folder, dependencies=True)
    libraries = folder / "usr" / "lib" / processor.libraries
    for name in ("blas/libblas.so.3", "lapack/liblapack.so.3"):  # which the packages' scripts would do
        link = libraries / Path(name).name
        if not link.is_symlink():
            link.symlink_to(name)
    headers = folder / "usr" / "include" / "python3.11"
    site = folder / "usr" / "lib" / "python3" / "dist-packages"
    compilers = Compilers(f"{processor.triplet}-gcc", f"{processor.triplet}-g++")
    numpy = next(site.glob("numpy-*.egg-info")).name[len("numpy-") : -len(".egg-info")]
    return Sysroot(
        _write_interpreter(folder, processor),
        numpy,
        compilers,
        (
            "-DCMAKE_SYSTEM_NAME=Linux",
            f"-DCMAKE_SYSTEM_PROCESSOR={processor.debian}",
            f"-DPython_INCLUDE_DIR={headers}",
            f"-DSKBUILD_SOABI=cpython-311-{processor.libraries}",
            f"-DPython_NumPy_INCLUDE_DIR={site / 'numpy' / 'core' / 'include'}",
            # The header python3.11/pyconfig.h includes the one of the processor by its folder.
            f"-DCMAKE_C_FLAGS=-idirafter {headers.parent}",
            f"-DCMAKE_CXX_FLAGS=-idirafter {headers.parent}",
        ),
    )
