# SPDX-License-Identifier: BSD-3-Clause
"""Windows as the machine that builds, as far as Wine goes: Windows' CMake, Ninja and Python configure and transpile.

No compiler of Windows runs. What is made has to be, byte for byte, what is made here.
"""

import os
import shutil
import subprocess
import time
import zipfile
from pathlib import Path
from typing import Dict, List, NamedTuple

from common.environment import ENVIRONMENTS, ROOT, make_environment
from common.package_index import fetch_file

from cross.runner import PROJECTS, write_package

# The newest that run under the Wine of Debian 12.
CMAKE = ("cmake-3.31.10-py3-none-win_amd64.whl", "f1ea1fe826355560e8976c3d5794d9357444209bc0e0d56676c71e6a571fd474")
NINJA = ("ninja-1.13.2-py3-none-win_amd64.whl", "1293f4078278b70d0ee4b6cc8f3a9e030656c9b2f59909970343c4fe76070118")
CYTHON = ("cython-3.3.1-cp313-cp313-win_amd64.whl", "0f7d52979bf7730351cf9ca2e9257d4b80f729053b521159bab8666e6be7e3bd")
_PROJECT = PROJECTS / "building-on-windows"


class _Windows(NamedTuple):
    """Windows' programs, and what runs them."""

    emulator: Path
    python: Path
    tools: Path
    source: Path  # a copy of the project

    def run(self, program: Path, *arguments: object, variables: Dict[str, str]) -> str:
        """Runs a program; returns its output. Raises CalledProcessError."""
        command = [str(word) for word in (self.emulator, program, *arguments)]
        folders = [name_on_windows(folder) for folder in (self.source, self.tools / "cython")]
        variables = {"PYTHONPATH": ";".join(folders), **variables}
        run = subprocess.run(
            command, env={**os.environ, **variables}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, command, run.stdout)
        return run.stdout

    def configure(self, build: Path, package: Path) -> None:
        """Configures the project."""
        definitions = {
            "CMAKE_MAKE_PROGRAM": self.ninja,
            "CMAKE_TOOLCHAIN_FILE": self.source / "toolchain.cmake",
            "CythonUfunc_DIR": package,
            "Python_EXECUTABLE": self.python,
        }
        words = [f"-D{name}={name_on_windows(path)}" for name, path in definitions.items()]
        source, folder = name_on_windows(self.source), name_on_windows(build)
        self.run(self.cmake, "-S", source, "-B", folder, "-G", "Ninja", *words, variables={})

    def build(self, build: Path, **variables: str) -> str:
        """Builds; returns what the transpile steps and Ninja say."""
        return self.run(self.cmake, "--build", name_on_windows(build), variables=variables)

    @property
    def cmake(self) -> Path:
        """Of the package of PyPI."""
        return self.tools / "cmake" / "cmake" / "data" / "bin" / "cmake.exe"

    @property
    def ninja(self) -> Path:
        """Of the package of PyPI."""
        return next((self.tools / "ninja").rglob("ninja.exe"))


def name_on_windows(path: Path) -> str:
    """The name that programs of Windows have for a file of this machine, under Wine."""
    return f"Z:{path}"


def _unpack_tools(folder: Path, cache: Path) -> None:
    for project, wheel in (("cmake", CMAKE), ("ninja", NINJA), ("cython", CYTHON)):
        if not (folder / project / wheel[0]).is_file():
            archive = fetch_file(project, *wheel, cache)
            with zipfile.ZipFile(archive) as file:
                file.extractall(folder / project)
            (folder / project / wheel[0]).touch()


def _make_here(source: Path, build: Path, package: Path) -> None:
    """The same build by this machine's programs, with the same Cython and NumPy."""
    versions = [f"cython=={CYTHON[0].split('-')[1]}", "numpy==2.1.3"]
    python = make_environment(ENVIRONMENTS / "building-on-windows", versions)
    configure = ["cmake", "-S", source, "-B", build, "-G", "Ninja", f"-DCythonUfunc_DIR={package}"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    for command in ([*configure, f"-DPython_EXECUTABLE={python}"], ["cmake", "--build", build]):
        subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, env=environment)


def _made(build: Path) -> Dict[str, bytes]:
    made = sorted((build / "made").glob("[!.]*.[ch]*"))
    return {path.name: path.read_bytes() for path in made}


def _check(windows: _Windows, scratch: Path) -> List[str]:
    """Builds here and there; returns what is wrong."""
    package = write_package(scratch / "package")
    _make_here(windows.source, scratch / "here", package)
    config = package / "CythonUfuncConfig.cmake"
    config.write_text(f'include("{name_on_windows(ROOT)}/cmake/CythonUfunc.cmake")\n')
    build = scratch / "windows"
    windows.configure(build, package)
    windows.build(build)
    wrong = []
    here, there = _made(scratch / "here"), _made(build)
    if here.keys() != there.keys() or not {"scaled.c", "scaled_init.cpp", "counted.cpp", "counted.h"} <= here.keys():
        wrong.append(f"made here: {sorted(here)}; on Windows: {sorted(there)}")
    wrong += [f"{name} is another than here" for name in here.keys() & there.keys() if here[name] != there[name]]
    if "no work to do" not in windows.build(build):
        wrong.append("a second build does something")
    (windows.source / "mypkg" / "units.pxi").touch()
    said = windows.build(build, CYTHON_UFUNC_VERBOSE="1")
    if "scaled" not in said or "counted" in said:
        wrong.append(f"after a touch of what scaled.pyx includes: {said}")
    variables = {"CYTHON_UFUNC_CACHE": name_on_windows(scratch / "cache")}
    for name in ("first", "second"):
        windows.configure(scratch / name, package)
        windows.build(scratch / name, **variables)
        if _made(scratch / name) != there:
            wrong.append(f"the {name} build with an output cache makes something else")
        # Only the cache can have what the next build is to make.
        (windows.source / "sitecustomize.py").write_text("import sys\nsys.modules['Cython.Compiler'] = None\n")
    return wrong


def check_building_on_windows(emulator: Path, python: Path, cache: Path, scratch: Path) -> Dict[str, str]:
    """Returns what became of it, by its name."""
    start = time.monotonic()
    tools = cache / "build-tools"
    _unpack_tools(tools, cache)
    source = scratch / "source"
    shutil.copytree(_PROJECT, source)
    try:
        wrong = _check(_Windows(emulator, python, tools, source), scratch)
    except subprocess.CalledProcessError as error:
        wrong = [f"{error}\n{error.output or ''}"]
    for message in wrong:
        print(f"--- building on Windows: {message}")
    outcome = "FAILED" if wrong else f"pass ({time.monotonic() - start:.0f} s)"
    return {f"{'Windows as the machine that builds':45}CMake   ": outcome}
