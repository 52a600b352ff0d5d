# SPDX-License-Identifier: BSD-3-Clause
"""The project that faults are done to, and its builds with each build system."""

import fnmatch
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Mapping, Sequence

from common.captured import run_captured
from common.environment import ROOT
from compatibility.build import make_cmake_package

from fault_injection.lab import Lab, expect, expect_kept
from fault_injection.processes import MARK

PROJECT = ROOT / "test-projects" / "faults-build"
NINJA, MAKEFILES, MESON = SYSTEMS = "CMake, Ninja", "CMake, Makefiles", "Meson"
# What the build tools keep for themselves: times and logs, no results. The folder of the worker has its lock in it; the
# record of a step spares work, and is not written where it cannot be.
_NOT_RESULTS = (
    ".ninja_log",
    ".ninja_deps",
    ".ninja_lock",
    "CMakeFiles/Progress/*",
    "CMakeFiles/progress.marks",
    "CMakeFiles/Makefile.cmake",
    "*compiler_depend.*",
    "*/depend.*",
    "*/.*.record",
    "*/cython_ufunc_worker",
    "*/cython_ufunc_worker/*",
    "meson-logs/*",
    "meson-private/*",
    "Testing/*",
    "st??????",  # of ar, when it is killed
)
_TIMEOUT = 600.0


class Build:
    """A copy of a project in `folder`/source, and its build directory `folder`/build."""

    def __init__(self, lab: Lab, system: str, folder: Path, project: Path = PROJECT) -> None:
        self.system = system
        self.folder = folder
        self.source = folder / "source"
        self.build = folder / "build"
        self._tools = lab.tools
        self.mark = str(folder)
        self.environment = {**os.environ, MARK: self.mark, "CYTHON_UFUNC_CACHE": "", "LC_ALL": "C.UTF-8"}
        self._project = project
        if system != MESON:
            shutil.copytree(project, self.source, ignore=shutil.ignore_patterns("__pycache__"))

    def configure(self, arguments: Sequence[str] = ()) -> None:
        """Sets the build directory up; raises CalledProcessError."""
        run = self.run(*self._configure_command(arguments))
        run.check_returncode()

    def _configure_command(self, arguments: Sequence[str]) -> List[str]:
        python = str(self._tools.python)
        if self.system == MESON:
            driver = str(ROOT / "ci" / "testing" / "meson_setup.py")
            meson = [str(self._tools.meson), str(self._project), str(self.folder), "--python", python]
            return [sys.executable, driver, *meson, "--setup-args", "-Doptimization=0", "-Ddebug=false", *arguments]
        package = make_cmake_package(self.folder / "package")
        generator = "Ninja" if self.system == NINJA else "Unix Makefiles"
        command = ["cmake", "-S", str(self.source), "-B", str(self.build), "-G", generator]
        command += ["-DCMAKE_BUILD_TYPE=None", "-DCMAKE_C_FLAGS=-O0", "-DCMAKE_CXX_FLAGS=-O0"]
        return [*command, f"-DPython_EXECUTABLE={python}", f"-DCythonUfunc_DIR={package}", *arguments]

    def command(self, jobs: int = 2) -> List[str]:
        """The build tool's command line."""
        return [*(["make"] if self.system == MAKEFILES else ["ninja"]), "-C", str(self.build), f"-j{jobs}"]

    def run(self, *command: str, environment: Mapping[str, str] = {}) -> "subprocess.CompletedProcess[str]":
        """Runs a command as a part of this build; takes its output and errors together."""
        return run_captured(command, {**self.environment, **environment}, _TIMEOUT)

    def make(self, **environment: str) -> str:
        """Builds; returns what was printed. Raises FaultError when that fails."""
        run = self.run(*self.command(), environment=environment)
        expect(run.returncode == 0, f"the build failed ({run.returncode}):\n{run.stdout}")
        return run.stdout

    def results(self) -> Dict[str, str]:
        """All files of the build directory but the build tool's own: what is in them, by path."""
        found = {}
        for path in sorted(self.build.rglob("*")):
            name = path.relative_to(self.build).as_posix()
            if any(fnmatch.fnmatch(name, pattern) for pattern in _NOT_RESULTS):
                continue
            if path.is_dir():
                if path.name.startswith("."):  # a step's scratch, empty or not
                    found[name] = "a folder"
                continue
            found[name] = os.readlink(path) if path.is_symlink() else hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def sources(self) -> Dict[str, str]:
        """The project's own files: what is in them, by path."""
        found = {}
        for path in sorted(self.source.rglob("*")):
            if path.is_file() and "subprojects" not in path.parts:
                found[path.relative_to(self.source).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def keep_configured(self) -> None:
        """Keeps the build directory as it is now, for restore()."""
        shutil.copytree(self.build, self.folder / "configured", symlinks=True)

    def restore(self) -> None:
        """Brings the build directory back to what it was at keep_configured(), time stamps included."""
        shutil.rmtree(self.build)
        shutil.copytree(self.folder / "configured", self.build, symlinks=True)

    def remove_half_made(self) -> None:
        """Removes what compilers and ar made of a build with Makefiles that was killed as a whole.

        Make cannot tell a half file from a whole one. Ninja can: it notes what it has made.
        """
        if self.system == MAKEFILES:
            for path in self.build.rglob("*"):
                if path.suffix in (".o", ".a", ".so"):
                    path.unlink()

    def expect_same(self, results: Mapping[str, str], sources: Mapping[str, str]) -> None:
        """Raises unless the build directory has these results, byte for byte, and the sources are as they were."""
        expect_kept(self.sources() == sources, f"the source tree changed: {differences(sources, self.sources())}")
        # Ninja takes depfiles away when it has read them; a step that outlives a killed Ninja writes one after that.
        found = {name: what for name, what in self.results().items() if name in results or not name.endswith(".d")}
        expect(found == results, f"other results: {differences(results, found)}")

    def expect_up_to_date(self) -> None:
        """Raises FaultError when another build has something to do."""
        again = self.make()
        work = [line for line in again.split("\n") if any(word in line for word in ("Building", "Generating", "Trans"))]
        expect(not work, f"the build after it made things again: {work}")

    def expect_works(self) -> None:
        """Imports the modules and calls them."""
        code = "import sys; sys.path.insert(0, sys.argv[1]); from {0}scaled import scaled_zeros; "
        code += "from {0}counted import counted; assert scaled_zeros(2).tolist() == [3, 3]; assert counted('ab') == 2"
        code = code.format("" if self.system == MESON else "mypkg.")
        self.run(str(self._tools.python), "-c", code, str(self.build)).check_returncode()


def differences(expected: Mapping[str, str], found: Mapping[str, str]) -> List[str]:
    """In what the contents of two directories differ."""
    missing = [f"missing {name}" for name in expected if name not in found]
    added = [f"left behind {name}" for name in found if name not in expected]
    other = [f"other {name}" for name in expected if found.get(name, expected[name]) != expected[name]]
    return [*missing, *added, *other]
