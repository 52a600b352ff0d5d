# SPDX-License-Identifier: BSD-3-Clause
"""Kinds of CPython that no package has, built from Debian's source of it."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Mapping, Sequence

from debian_packages import download_source
from environment import ROOT, lock

from compatibility.packages import InstallError

_PACKAGE, _RELEASE, _VERSION = "python3.13", "trixie", "3.13"
_CACHE = ROOT / ".cache" / "cpython"


def build_cpython(name: str, options: Sequence[str], variables: Mapping[str, str]) -> Path:
    """Builds and installs .cache/cpython/<name> unless it is there already; returns its interpreter.

    `options` and `variables` are those of CPython's `configure`.
    """
    folder = _CACHE / name
    interpreter = folder / "bin" / f"python{_VERSION}"
    with lock(folder):
        installed = folder / "installed"  # an interrupted installation has the interpreter, but not its modules
        if not installed.is_file():
            archive = download_source(_PACKAGE, _RELEASE, _CACHE / "source")
            print(f"Building CPython {archive.name} as {name} (some minutes)", flush=True)
            scratch = _CACHE / f"{name}.build"
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir()
            shutil.unpack_archive(archive, scratch)
            configure = ["./configure", "--quiet", "--without-ensurepip", "--disable-test-modules", *options]
            steps = [
                [
                    *configure,
                    f"--prefix={folder}",
                    "CFLAGS=-O1",
                    *(f"{key}={value}" for key, value in variables.items()),
                ],
                ["make", "--silent", f"--jobs={os.cpu_count() or 2}"],
                ["make", "--silent", "install"],
            ]
            for step in steps:
                _run(step, next(scratch.iterdir()))
            shutil.rmtree(scratch)
            installed.touch()
    return interpreter


def _run(command: Sequence[str], folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    run = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if run.returncode:
        raise InstallError(f"{' '.join(command)} failed:\n{run.stdout[-3000:]}")
