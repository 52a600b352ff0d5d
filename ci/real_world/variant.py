# SPDX-License-Identifier: BSD-3-Clause
"""One variant of a package: its source tree, its wheel, and the run of its tests. What is finished stays."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional, Sequence

from benchmark import process
from benchmark.tools import plain_environment
from common.environment import ROOT

from real_world.junit import PASSED, read_outcomes
from real_world.projects import PLAIN, Project

sys.path.insert(0, str(ROOT / "transpiler"))

from cython_ufunc.tree import files_for_builds

HERE = Path(__file__).resolve().parent
# What a module says, if cython-ufunc imports NumPy for it, when NumPy cannot be used.
_SERVED = b"cannot use NumPy's C API"


class Built(NamedTuple):
    """What building a wheel took, and what came out."""

    cpu: float  # seconds, of all processes
    wall: float  # seconds
    wheel_bytes: int
    module_bytes: int  # of all extension modules, unpacked
    modules: int
    served: int  # how many of them get NumPy's tables from cython-ufunc


class Variant:
    """A project as released, or with patches applied."""

    def __init__(self, project: Project, name: str, folder: Path, say: Callable[[str], None]) -> None:
        self.project = project
        self.name = name
        self.folder = folder
        self._say = say

    @property
    def _built_from(self) -> str:
        return self._digest("build", self.project.build_settings)

    @property
    def _tested_from(self) -> str:
        return self._built_from + self._digest(
            "test", [*self.project.test_arguments, *self.project.test_files.values()]
        )

    def built(self) -> Optional[Built]:
        """What was built, unless the patches, the requirements or (for a patched one) cython-ufunc changed since."""
        stamp = self.folder / "built.json"
        if not stamp.is_file():
            return None
        stored = json.loads(stamp.read_text())
        return Built(**stored) if stored.pop("inputs") == self._built_from else None

    def outcomes(self) -> Optional[Dict[str, str]]:
        """What became of the tests, unless what was built, or the tests' requirements, changed since."""
        stamp = self.folder / "tested.txt"
        if not stamp.is_file() or stamp.read_text() != self._tested_from:
            return None
        return read_outcomes(self.folder / "outcomes.xml")

    def build(self, source: Path, python: Path, jobs: int) -> None:
        """Builds the wheel from the source tree `source`, patched, in the environment of `python`; installs it."""
        inputs = self._built_from
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        tree = self.folder / "tree"
        shutil.copytree(source, tree)
        settings = list(self.project.build_settings)
        if self.name != PLAIN:
            apply_patches(self.project.patches(self.name), tree)
            settings += self._provide(tree)
        self._say(f"{self.project.name} {self.name}: building the wheel")
        cost = self._make_wheel(tree, python, jobs, settings)
        built = self._install(python, cost)
        shutil.rmtree(tree)
        (self.folder / "built.json").write_text(json.dumps({**built._asdict(), "inputs": inputs}, indent=1))

    def _digest(self, kind: str, arguments: Sequence[str]) -> str:
        """Stands for all that the stage `kind` is made from."""
        files = [HERE / f"{self.project.name}-{kind}.txt"]
        files += [HERE / patch for patch in self.project.patches(self.name)]
        if self.name != PLAIN:
            files += [ROOT / name for name in files_for_builds()]
        digest = hashlib.sha256("\0".join([self.project.sha256, *arguments]).encode())
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
        return digest.hexdigest()

    def _provide(self, tree: Path) -> List[str]:
        """Has the patched tree find cython-ufunc; returns the settings it takes."""
        if self.project.vendored:
            copy_ours(tree / "subprojects" / "cython-ufunc")
            return []
        ours, prefix = self.folder / "cython-ufunc", self.folder / "prefix"
        copy_ours(ours)
        configure = ["cmake", "-S", ours, "-B", ours / "build", "-D", "CYTHON_UFUNC_BUILD_TESTS=OFF"]
        process.run(configure, self.folder, plain_environment())
        process.run(["cmake", "--install", ours / "build", "--prefix", prefix], self.folder, plain_environment())
        return [f"cmake.define.CythonUfunc_ROOT={prefix}"]

    def _make_wheel(self, tree: Path, python: Path, jobs: int, settings: Sequence[str]) -> process.Cost:
        environment = {
            **plain_environment(),
            "CCACHE_DISABLE": "1",
            "CMAKE_BUILD_PARALLEL_LEVEL": str(jobs),
            "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        }
        command = [python, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", "--disable-pip-version-check"]
        command += ["--log", self.folder / "build.log", "--wheel-dir", self.folder / "wheel"]
        command += [f"--config-settings={setting.format(jobs=jobs)}" for setting in settings]
        return process.run([*command, tree], self.folder, environment)

    def _install(self, python: Path, cost: process.Cost) -> Built:
        """Unpacks the wheel into `installed`, and measures it. Raises CommandError for another variant."""
        (wheel,) = (self.folder / "wheel").glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            modules = {i.filename: i.file_size for i in archive.infolist() if i.filename.endswith((".so", ".pyd"))}
            served = sum(_SERVED in archive.read(name) for name in modules)
        expected = 0 if self.name == PLAIN else self.project.served_modules
        if served != expected:
            raise process.CommandError(f"{wheel}: {served} modules use cython-ufunc, expected {expected}")
        install = [python, "-m", "pip", "install", "--no-deps", "--quiet", "--disable-pip-version-check", "--target"]
        process.run([*install, self.folder / "installed", wheel], self.folder, plain_environment())
        return Built(
            round(cost.cpu, 1),
            round(cost.wall, 1),
            wheel.stat().st_size,
            sum(modules.values()),
            len(modules),
            served,
        )

    def test(self, source: Path, python: Path, jobs: int) -> None:
        """Runs the project's own tests on what was built, in the environment of `python`."""
        inputs = self._tested_from
        for name, place in self.project.test_files.items():
            _copy(source / name, self.folder / place)
        environment = self._test_environment()
        Path(environment["TMPDIR"]).mkdir(exist_ok=True)
        check = f"import {self.project.package} as p; print(p.__file__)"
        found = subprocess.check_output([str(python), "-c", check], cwd=self.folder, env=environment, text=True)
        if not Path(found.strip()).is_relative_to(self.folder / "installed"):
            raise process.CommandError(f"the tests would import {found.strip()}, not what was built")
        self._say(f"{self.project.name} {self.name}: running its tests")
        result = self.folder / "outcomes.xml"
        command = [python, "-m", "pytest", "-q", "-rfE", "-p", "no:cacheprovider", "-n", jobs, "--dist", "loadfile"]
        # Python 3.11 fails to parse a source again, for a nicer traceback, when a test's recursion was too deep.
        command += ["--tb=native", f"--rootdir={self.folder}", "--junit-xml", result, *self.project.test_arguments]
        with (self.folder / "tests.log").open("w") as log:
            words = [str(word) for word in command]
            code = subprocess.run(words, cwd=self.folder, env=environment, stdout=log, stderr=log).returncode
        if code not in (0, 1):  # 1: some tests fail
            raise process.CommandError(f"pytest ended with {code}; see {log.name}")
        if PASSED not in read_outcomes(result).values():
            raise process.CommandError(f"no test passes; see {log.name}")
        (self.folder / "tested.txt").write_text(inputs)

    def _test_environment(self) -> Dict[str, str]:
        """Without a network, so that tests that want one have one outcome; with one thread for each process.

        The processes that share the tests have to find them in one order, also where it is that of a set.
        """
        nowhere = "http://127.0.0.1:9"  # the port of the service "discard": nobody listens
        return {
            **plain_environment(),
            "PYTHONPATH": str(self.folder / "installed"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "http_proxy": nowhere,
            "https_proxy": nowhere,
            "no_proxy": "localhost,127.0.0.1",
            "PYTHONHASHSEED": "0",
            "TMPDIR": str(self.folder / "temporary"),  # pytest removes the files of earlier runs, by others as well
            **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
        }


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copy2(source, target)


def copy_ours(target: Path) -> None:
    """Copies what others need of this repository."""
    for name, content in files_for_builds().items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def apply_patches(names: Sequence[str], tree: Path) -> None:
    """Applies the patches of those names to the source tree. Raises CommandError when one does not fit."""
    # Inside a work tree, git apply takes the paths in a patch for paths of its repository.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tree.parent)}
    for name in names:
        process.run(["git", "apply", "--whitespace=nowarn", HERE / name], tree, environment)
