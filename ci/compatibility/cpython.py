# SPDX-License-Identifier: BSD-3-Clause
"""Kinds of CPython that no package has, built from Debian's source of it."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Mapping, Sequence

from common.debian_packages import download_source
from common.environment import ROOT, lock

from compatibility.packages import InstallError

_VERSION = "3.13"
_RELEASES = {"python3.13": "trixie", "libffi": "bookworm", "zlib": "bookworm"}
_CACHE = ROOT / ".cache" / "cpython"


def build_cpython(name: str, options: Sequence[str], variables: Mapping[str, str]) -> Path:
    """Builds and installs .cache/cpython/<name> unless it is there already; returns its interpreter.

    `options` and `variables` are those of CPython's `configure`.
    """
    folder = _CACHE / name
    assignments = [f"{key}={value}" for key, value in {"CFLAGS": "-O1", **variables}.items()]
    configure = ["./configure", "--quiet", "--without-ensurepip", "--disable-test-modules", *options]
    _build(f"python{_VERSION}", folder, [*configure, f"--prefix={folder}", *assignments])
    return folder / "bin" / f"python{_VERSION}"


def build_library(package: str, name: str, c_compiler: str, options: Sequence[str]) -> Path:
    """Builds and installs the library of Debian's source `package` in .cache/cpython/<name>, if it is not there.

    For an extension module of CPython with another C library than the machine's. `options` are those of the package's
    `configure`. Returns the folder.
    """
    folder = _CACHE / name
    _build(package, folder, ["env", f"CC={c_compiler}", "./configure", f"--prefix={folder}", *options])
    return folder


def _build(package: str, folder: Path, configure: Sequence[str]) -> None:
    """Configures, makes and installs Debian's source of `package` into `folder`, unless that was done before."""
    with lock(folder):
        installed = folder / "installed"  # an interrupted installation has some of its files
        if installed.is_file():
            return
        archive = download_source(package, _RELEASES[package], _CACHE / "source")
        print(f"Building {archive.name} as {folder.name} (CPython takes some minutes)", flush=True)
        scratch = folder.with_name(f"{folder.name}.build")
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        shutil.unpack_archive(archive, scratch)
        jobs = f"--jobs={os.cpu_count() or 2}"
        for step in (configure, ["make", "--silent", jobs], ["make", "--silent", "install"]):
            _run(step, next(scratch.iterdir()))
        shutil.rmtree(scratch)
        installed.touch()


def _run(command: Sequence[str], folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    run = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if run.returncode:
        raise InstallError(f"{' '.join(command)} failed:\n{run.stdout[-3000:]}")
