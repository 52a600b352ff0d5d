# SPDX-License-Identifier: BSD-3-Clause
"""Builds wheels for a machine by pip in a crossenv: its Python runs here and says of itself what the machine's does."""

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional

from common.environment import ROOT

from cross.machine import Machine, cross_file, toolchain_file
from cross.runner import PROJECTS

# The oldest C library of what pip may take from an index for the machine.
_MANYLINUX = ("2_17", "2_27", "2_28")
# What calls the package of each build backend.
_CALLS = {
    "scikit-build-core": "assert list(mypkg.even(3)) == [0, 2, 4] and mypkg.sum_of_squares(numpy.arange(4.0)) == 14.0",
    "meson-python": "assert list(mypkg.zeros(2)) == [0.0, 0.0]",
}


class Crossenv(NamedTuple):
    """A crossenv: cross-python and its pip, and this machine's programs that builds run."""

    folder: Path

    @property
    def python(self) -> Path:
        """The Python that runs here and says of itself what the machine's does."""
        return self.folder / "bin" / "cross-python"

    @property
    def numpy_include(self) -> Path:
        """Where the machine's NumPy has its headers."""
        return next(self.folder.glob("cross/lib/python3*/site-packages/numpy/_core/include"))

    def run(self, *command: object, cwd: Optional[Path] = None) -> str:
        """Runs a command of the crossenv; returns its output. Raises CalledProcessError."""
        path = os.pathsep.join([str(self.folder / "build" / "bin"), os.environ["PATH"]])
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        words = [str(word) for word in command]
        run = subprocess.run(
            words,
            cwd=cwd,
            env={**environment, "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, words, run.stdout)
        return run.stdout

    def pip(self, *arguments: object) -> str:
        """Runs the pip that installs, and builds, for the machine."""
        return self.run(self.python, "-m", "pip", *arguments)


def make_crossenv(machine: Machine, python: Path, folder: Path) -> Crossenv:
    """Makes a crossenv in the new folder `folder`, with what builds wheels; `python` is of the target's version."""
    crossenv = Crossenv(folder)
    outer = folder.with_name("outer") / "bin" / "python"
    crossenv.run(python, "-m", "venv", outer.parent.parent)
    crossenv.run(outer, "-m", "pip", "install", "--quiet", "crossenv")
    tags = [f"linux_{machine.processor}", *(f"manylinux_{version}_{machine.processor}" for version in _MANYLINUX)]
    data = min(machine.python.parent.parent.glob("lib/python3*/_sysconfigdata_*.py"))
    options = [word for tag in tags for word in ("--platform-tag", tag)]
    crossenv.run(outer, "-m", "crossenv", *options, "--sysconfigdata-file", data, machine.python, folder)
    crossenv.run(folder / "bin" / "build-pip", "install", "--quiet", "cython", "meson", "ninja", "cmake")
    crossenv.run(folder / "bin" / "cross-expose", "cython")
    crossenv.pip("install", "--quiet", "--only-binary", ":all:", "numpy", "scikit-build-core", "meson-python")
    crossenv.pip("install", "--quiet", "--no-build-isolation", "--no-deps", ROOT)
    return crossenv


def build_wheel(backend: str, machine: Machine, crossenv: Crossenv, scratch: Path) -> Path:
    """Builds the wheel of the test project for the build backend; returns it."""
    project = scratch / backend
    shutil.copytree(PROJECTS / f"{backend}-package", project, ignore=shutil.ignore_patterns("check.py", "tests.cmake"))
    settings: List[str] = []
    if backend == "scikit-build-core":
        toolchain = scratch / "toolchain.cmake"
        toolchain.write_text(toolchain_file(machine))
        settings += [f"cmake.define.CMAKE_TOOLCHAIN_FILE={toolchain}"]
        settings += [f"cmake.define.Python_NumPy_INCLUDE_DIR={crossenv.numpy_include}"]
    else:
        crossenv.run(crossenv.python, "-m", "cython_ufunc", "wrap", cwd=project)
        file = scratch / "cross.ini"
        file.write_text(cross_file(machine, crossenv.python, described=False))
        settings += [f"setup-args=--cross-file={file}"]
    options = [word for setting in settings for word in ("-C", setting)]
    wheels = scratch / f"{backend} wheels"
    crossenv.pip("wheel", "--no-deps", "--no-build-isolation", "-w", wheels, *options, project)
    return next(wheels.glob(f"*-linux_{machine.processor}.whl"))


def call_wheel(wheel: Path, call: str, machine: Machine, crossenv: Crossenv, scratch: Path) -> None:
    """Installs the wheel and NumPy for the machine, and has the machine's Python call it."""
    site = scratch / "site"
    crossenv.pip("install", "--quiet", "--only-binary", ":all:", "--target", site, wheel, "numpy")
    code = (
        f"import sys\nsys.path.insert(0, {str(site)!r})\nimport numpy, mypkg\n"
        f"assert isinstance(mypkg.add_one, numpy.ufunc) and list(mypkg.add_one([1.0])) == [2.0]\n{call}\n"
        "print(numpy.__version__, mypkg.__file__)\n"
    )
    print(crossenv.run(machine.emulator, machine.python, "-c", code).strip())


def check_wheels(machine: Machine, python: Path, scratch: Path) -> Dict[str, str]:
    """Builds a wheel by each backend, and calls it on the machine; returns what became of each, by its name.

    `python` is one of this machine, of the version that the machine's has.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    outcomes = {f"a wheel by {backend} in a crossenv": "FAILED" for backend in _CALLS}
    try:
        crossenv = make_crossenv(machine, python, scratch / "crossenv")
        for (backend, call), name in zip(_CALLS.items(), outcomes):
            start = time.monotonic()
            wheel = build_wheel(backend, machine, crossenv, scratch)
            call_wheel(wheel, call, machine, crossenv, scratch / f"{backend} run")
            outcomes[name] = f"pass ({time.monotonic() - start:.0f} s)"
    except subprocess.CalledProcessError as error:
        print(f"--- {' '.join(error.cmd)}: exit code {error.returncode}\n{error.output}")
    return outcomes
