# SPDX-License-Identifier: BSD-3-Clause
"""What this machine and the package index have for the values of the axes."""

from pathlib import Path
from typing import Dict, FrozenSet, Mapping, Sequence, Tuple

from compatibility.axes import Cell, Value, known_obstacles
from compatibility.build import Programs
from compatibility.packages import NoPackageError, find_interpreter, find_release, make_uv_environment
from compatibility.tools import Compilers, find_compilers, find_tool


class Machine:
    """What this machine and the package index have for the values of the axes."""

    def __init__(self, axes: Mapping[str, Sequence[str]]) -> None:
        self.interpreters: Dict[str, Path] = {}
        self.releases: Dict[Tuple[str, str, str], str] = {}  # of a project's series for a Python
        self.compilers: Dict[str, Compilers] = {}
        self.obstacles: Dict[FrozenSet[Value], str] = known_obstacles()
        for python in axes["python"]:
            self._look_for_python(python, axes)
        for compiler in axes["compiler"]:
            found = find_compilers(compiler)
            if found:
                self.compilers[compiler] = found
            else:
                self.obstacles[frozenset([("compiler", compiler)])] = f"this machine has no {compiler}"

    def _look_for_python(self, python: str, axes: Mapping[str, Sequence[str]]) -> None:
        interpreter = find_interpreter(python)
        if interpreter is None:
            self.obstacles[frozenset([("python", python)])] = f"this machine has no Python {python}"
            return
        self.interpreters[python] = interpreter
        for project in ("numpy", "cython"):
            seen = set()
            for series in axes[project]:
                pair = frozenset([("python", python), (project, series)])
                try:
                    release = find_release(interpreter, project, series)
                except NoPackageError:
                    self.obstacles[pair] = "no wheel"
                    continue
                if release in seen:
                    self.obstacles[pair] = f"is {release}"
                seen.add(release)
                self.releases[python, project, series] = release

    def environment(self, python: str, numpy: str, cython: str) -> Path:
        """The interpreter of an environment, which is made when it is not there, with releases of these series."""
        releases = {"numpy": self.releases[python, "numpy", numpy], "cython": self.releases[python, "cython", cython]}
        name = "-".join(["python", python, *(f"{project}-{release}" for project, release in releases.items())])
        requirements = [f"{project}=={release}" for project, release in releases.items()]
        return make_uv_environment(name, self.interpreters[python], requirements)

    def programs(self, cell: Cell) -> Programs:
        """What `cell` is built with."""
        python = self.environment(cell.python, cell.numpy, cell.cython)
        cython = self.releases[cell.python, "cython", cell.cython]
        return Programs(python, cython, self.compilers[cell.compiler], find_tool(cell.tool)[1], cell.generator)

    def numpys_of(self, python: str) -> Dict[str, Path]:
        """Interpreters of the version `python`, with one Cython and each of its NumPys, by the NumPy's release."""
        cythons = [series for (version, project, series) in self.releases if (version, project) == (python, "cython")]
        result = {}
        for (version, project, series), release in self.releases.items():
            if (version, project) == (python, "numpy"):
                result[release] = self.environment(python, series, cythons[-1])
        return result
