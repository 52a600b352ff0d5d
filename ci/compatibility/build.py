# SPDX-License-Identifier: BSD-3-Clause
"""Builds a test project with the programs of one cell, and runs its check."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from common.captured import run_captured
from common.environment import ROOT

from compatibility.axes import MULTI_CONFIG
from compatibility.tools import Compilers

# What is compiled runs for a moment: that the compiler is quick counts more.
_CONFIGURATION = "Debug"
_CMAKE_ARGUMENTS = [f"-DCMAKE_{language}_FLAGS_DEBUG=-O0" for language in ("C", "CXX")]
_MESON_ARGUMENTS = ["-Doptimization=0", "-Ddebug=false"]
_TIMEOUT = 600.0

# Of the projects whose check builds more than one tree, the script that calls what a given tree has.
_CHECKS = {"names": "call.py", "public-api": "call.py"}
# Arguments that projects need of `meson setup` and of cmake; the package's check installs it to another folder.
_SETUP_ARGUMENTS = {
    "coverage": ["-Dcython-ufunc:coverage=true"],
    "package": ["-Dpython.platlibdir=/", "-Dpython.purelibdir=/"],
}
_CONFIGURE_ARGUMENTS = {"coverage": ["-DMYPKG_COVERAGE=ON"]}


class Programs(NamedTuple):
    """What one build is made with."""

    python: Path  # with Cython and NumPy
    cython: str  # the release
    compilers: Compilers
    tool: Path  # cmake or meson
    generator: str
    cmake_arguments: Tuple[str, ...] = ()
    target_python: Optional[Path] = None  # in a cross build, the interpreter that runs the modules

    @property
    def interpreter(self) -> Path:
        """The interpreter that the modules are for."""
        return self.target_python or self.python


class StepFailedError(Exception):
    """A step of a build failed: `step` says which, the text is what it printed."""

    def __init__(self, step: str, output: str) -> None:
        super().__init__(output)
        self.step = step


def run_step(step: str, command: Sequence[object], environment: Mapping[str, str]) -> None:
    """Runs `command` with the variables `environment` beside the others; raises StepFailedError when it fails."""
    words = [str(word) for word in command]
    try:
        run = run_captured(words, {**os.environ, **environment}, _TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise StepFailedError(step, f"{error}") from None
    if run.returncode:
        raise StepFailedError(step, f"{' '.join(words)}\nended with {run.returncode}\n{run.stdout}")


def make_cmake_package(folder: Path) -> Path:
    """Writes the files by which find_package() finds this source tree; returns their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "CythonUfuncConfig.cmake").write_text(f'include("{ROOT.as_posix()}/cmake/CythonUfunc.cmake")\n')
    # The projects ask for a version; the package's own version file is tested elsewhere.
    (folder / "CythonUfuncConfigVersion.cmake").write_text(
        "set(PACKAGE_VERSION ${PACKAGE_FIND_VERSION})\nset(PACKAGE_VERSION_EXACT TRUE)\n"
    )
    return folder


def _cmake_steps(project: str, programs: Programs, scratch: Path) -> Dict[str, List[object]]:
    build = scratch / "build"
    multi_config = programs.generator == MULTI_CONFIG
    configuration = f"-DCMAKE_CONFIGURATION_TYPES={_CONFIGURATION}" if multi_config else "-DCMAKE_BUILD_TYPE=Debug"
    configure: List[object] = [programs.tool, "-S", ROOT / "test-projects" / project, "-B", build]
    configure += ["-G", programs.generator, configuration, *_CMAKE_ARGUMENTS]
    configure += [f"-DCMAKE_C_COMPILER={programs.compilers.c}", f"-DCMAKE_CXX_COMPILER={programs.compilers.cxx}"]
    package = make_cmake_package(scratch / "package")
    configure += [f"-DPython_EXECUTABLE={programs.python}", f"-DCythonUfunc_DIR={package}"]
    configure += [*_CONFIGURE_ARGUMENTS.get(project, []), *programs.cmake_arguments]
    return {"configure": configure, "build": [programs.tool, "--build", build, "--config", _CONFIGURATION, "-j", "1"]}


def _meson_steps(project: str, programs: Programs, scratch: Path) -> Dict[str, List[object]]:
    driver = ROOT / "ci" / "testing" / "meson_setup.py"
    setup: List[object] = [sys.executable, driver, programs.tool, ROOT / "test-projects" / project, scratch]
    setup += ["--python", programs.python]
    setup += ["--c-compiler", programs.compilers.c, "--cxx-compiler", programs.compilers.cxx]
    setup += ["--setup-args", *_MESON_ARGUMENTS, *_SETUP_ARGUMENTS.get(project, [])]
    return {"setup": setup, "compile": [programs.tool, "compile", "-C", scratch / "build", "-j", "1"]}


def build(project: str, programs: Programs, scratch: Path) -> Path:
    """Builds `project` in the empty folder `scratch`; returns the build directory."""
    shutil.rmtree(scratch, ignore_errors=True)
    meson = programs.tool.name == "meson"
    steps = (_meson_steps if meson else _cmake_steps)(project, programs, scratch)
    for step, command in steps.items():
        run_step(step, command, {})
    return scratch / "build"


def loses_ufunc_import(cython: str) -> bool:
    """True for the releases of Cython whose modules crash without us (cython/cython#6064)."""
    return [int(part) for part in cython.split(".")[:3]] < [3, 0, 10]


def _check_arguments(project: str, programs: Programs) -> List[str]:
    if project == "crash-and-cure":
        return ["--ufuncs-crash"] if loses_ufunc_import(programs.cython) else []
    if project == "package":
        if programs.tool.name == "meson":
            return [str(programs.tool)]
        return ["--config", _CONFIGURATION] if programs.generator == MULTI_CONFIG else []
    return ["--calls-only"] if project == "users-own-imports" else []


def check(project: str, programs: Programs, build_directory: Path) -> None:
    """Runs the check of `project`, which imports and calls the modules in `build_directory`."""
    script = ROOT / "test-projects" / project / _CHECKS.get(project, "check.py")
    modules = build_directory / _CONFIGURATION if programs.generator == MULTI_CONFIG else build_directory
    path = os.pathsep.join([str(programs.tool.parent), os.environ["PATH"]])
    environment = {"PYTHONPATH": str(modules), "PYTHONUTF8": "1", "PATH": path}
    command = [programs.interpreter, script, build_directory, *_check_arguments(project, programs)]
    run_step("check", command, environment)
