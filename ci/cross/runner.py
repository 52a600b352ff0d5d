# SPDX-License-Identifier: BSD-3-Clause
"""Builds test projects for a machine, runs their checks on it, and prints a table."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence

from common.environment import ROOT

from cross.machine import Machine, cmake_arguments, cross_file, toolchain_file

PROJECTS = ROOT / "test-projects"


class Project(NamedTuple):
    """A test project, and how its check is run."""

    name: str
    check: str = "check.py"
    arguments: Sequence[str] = ()
    further_checks: Sequence[str] = ()  # scripts that get the build directory alone
    host_check: str = ""  # the same, run on the build machine, by Tools.host_python
    cmake: bool = True
    meson: bool = True
    host_cython: str = "newest"  # a key of Tools.pythons
    configure: Sequence[str] = ()
    without_interpreter: bool = False  # FindPython gets no interpreter to run
    with_tests: bool = False  # it has tests of CTest
    cmp0190: bool = False  # by the newest CMake, whose FindPython runs the target's interpreter in the emulator
    newest_cmake: bool = False
    build_type: str = ""  # CMAKE_BUILD_TYPE, and Meson's buildtype; empty: what the build system takes by default
    configurations: Sequence[str] = ()  # by the newest CMake and Ninja Multi-Config, which build and check each

    @property
    def label(self) -> str:
        """What distinguishes it from the others."""
        variants = [self.build_type, " and ".join(self.configurations), "CMP0190" if self.cmp0190 else ""]
        cython = f"Cython {self.host_cython}" if self.host_cython != "newest" else ""
        return ", ".join(word for word in (self.name, cython, *variants) if word)


class Tools(NamedTuple):
    """The build machine's programs."""

    cmake: str
    newest_cmake: Path
    meson: Path
    pythons: Dict[str, Path]  # interpreters with Cython, by its version
    host_python: Path  # for what a check needs on this machine
    find_python: Optional[Path]  # what FindPython runs, where it is not the one with Cython


class Step(NamedTuple):
    """One command of a build."""

    name: str
    command: Sequence[object]
    python_path: Optional[Path] = None


def write_package(folder: Path) -> Path:
    """The package as find_package() sees it without an installation."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "CythonUfuncConfig.cmake").write_text(f'include("{ROOT}/cmake/CythonUfunc.cmake")\n')
    (folder / "CythonUfuncConfigVersion.cmake").write_text("set(PACKAGE_VERSION_COMPATIBLE TRUE)\n")
    return folder


def cmake_steps(project: Project, machine: Machine, tools: Tools, scratch: Path) -> List[Step]:
    """Configures and builds by CMake."""
    toolchain = scratch / "toolchain.cmake"
    toolchain.write_text(toolchain_file(machine))
    build = scratch / "build dir"
    python = tools.pythons[project.host_cython]
    variables = {
        "CMAKE_TOOLCHAIN_FILE": str(toolchain),
        "CythonUfunc_DIR": str(write_package(scratch / "package")),
        **cmake_arguments(machine),
    }
    if project.cmp0190:
        variables["Python_EXECUTABLE"] = str(machine.python)
        variables["CMAKE_POLICY_DEFAULT_CMP0190"] = "NEW"
    elif not project.without_interpreter:
        variables["Python_EXECUTABLE"] = str(tools.find_python or python)
    if project.without_interpreter or project.cmp0190 or tools.find_python:
        variables["CYTHON_UFUNC_BUILD_PYTHON"] = str(python)
    if project.build_type:
        variables["CMAKE_BUILD_TYPE"] = project.build_type
    definitions = [f"-D{name}={value}" for name, value in variables.items()]
    source = PROJECTS / project.name
    cmake = tools.newest_cmake if project.newest_cmake or project.cmp0190 or project.configurations else tools.cmake
    generator = "Ninja Multi-Config" if project.configurations else "Ninja"
    configure = [cmake, "-S", source, "-B", build, "-G", generator, *definitions, *project.configure]
    steps = [Step("configure", configure)]
    for configuration in project.configurations or ["Debug"]:  # of which one configuration takes no notice
        steps.append(Step("build", [cmake, "--build", build, "--config", configuration]))
        modules = build / configuration if project.configurations else build
        steps += check_steps(project, machine, tools, build, modules)
    if project.with_tests and machine.emulator:
        steps.append(Step("test", ["ctest", "--test-dir", build, "--no-tests=error", "--output-on-failure"]))
    return steps


def check_steps(project: Project, machine: Machine, tools: Tools, build: Path, modules: Path) -> List[Step]:
    """Runs the project's checks: on the machine where there is an emulator, and on this one."""
    steps = []
    folder = PROJECTS / project.name
    checks = [(project.check, *project.arguments), *((check,) for check in project.further_checks)]
    for script, *arguments in checks if machine.emulator else []:
        command = [machine.emulator, machine.python, folder / script, build, *arguments]
        steps.append(Step(f"check by {Path(script).name}", command, modules))
    if project.host_check:
        command = [tools.host_python, folder / project.host_check, build]
        steps.append(Step(f"check by {Path(project.host_check).name} here", command))
    return steps


def meson_steps(project: Project, machine: Machine, tools: Tools, scratch: Path) -> List[Step]:
    """Sets up and compiles by Meson."""
    python = tools.pythons[project.host_cython]
    file = scratch / "cross.ini"
    file.write_text(cross_file(machine, python))
    driver = ROOT / "ci" / "testing" / "meson_setup.py"
    setup = [sys.executable, driver, tools.meson, PROJECTS / project.name, scratch, "--python", python]
    setup += ["--setup-args", "--cross-file", file]
    if project.build_type:
        setup += ["--buildtype", project.build_type.lower()]
    build = scratch / "build"
    compile_step = Step("compile", [tools.meson, "compile", "-C", build])
    return [Step("setup", setup), compile_step, *check_steps(project, machine, tools, build, build)]


def run_project(project: Project, system: str, machine: Machine, tools: Tools, scratch: Path) -> str:
    """Builds `project` by the build system and runs its check; returns `pass` or `built`, or the step that failed."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    make_steps = cmake_steps if system == "CMake" else meson_steps
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for step in make_steps(project, machine, tools, scratch):
        path = {"PYTHONPATH": str(step.python_path)} if step.python_path else {}
        result = subprocess.run(
            [str(word) for word in step.command],
            env={**environment, **path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if result.returncode:
            print(f"--- {project.name} with {system}: {step.name}: exit code {result.returncode}\n{result.stdout}")
            return f"FAILED ({step.name})"
    return "pass" if machine.emulator else "built"


def run_projects(projects: Sequence[Project], machine: Machine, tools: Tools, scratch: Path) -> Dict[str, str]:
    """Runs `projects` in folders of `scratch`; returns what became of each, by a line that names it."""
    outcomes = {}
    for project in projects:
        # FindPython wants to run an interpreter of the version that the headers are of.
        by_cmake = project.cmake and bool(machine.emulator or tools.find_python or project.without_interpreter)
        for system, wanted in (("CMake", by_cmake), ("Meson", project.meson)):
            if not wanted:
                continue
            start = time.monotonic()
            outcome = run_project(project, system, machine, tools, scratch / f"{project.label} {system}")
            name = f"{project.label:45}{system:8}"
            outcomes[name] = f"{outcome} ({time.monotonic() - start:.0f} s)"
            print(f"{name}{outcomes[name]}", flush=True)
    return outcomes


def report(outcomes: Mapping[str, str], left_out: Mapping[str, str], machine: Machine) -> int:
    """Prints a table of `outcomes` and of what is left out with the reason; returns 1 when something failed."""
    run = f"run on {machine.name}" if machine.emulator else f"for {machine.name}, and not run"
    print(f"\nBuilt on this machine, {run}:")
    for name, text in {**outcomes, **{name: f"not possible: {reason}" for name, reason in left_out.items()}}.items():
        print(f"{name:53} {text}")
    failed = sum("FAILED" in outcome for outcome in outcomes.values())
    print(f"{len(outcomes) - failed} passed, {failed} failed, {len(left_out)} skipped")
    return int(failed > 0)
