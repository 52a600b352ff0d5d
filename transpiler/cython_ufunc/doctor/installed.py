# SPDX-License-Identifier: BSD-3-Clause
"""What is installed for builds, and what of it cannot work together."""

import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import List, NamedTuple, Optional, Sequence

from cython_ufunc import tree
from cython_ufunc.cython.version import find_cython, version_tuple
from cython_ufunc.doctor.contents import loses_ufunc_import
from cython_ufunc.doctor.problem import Problem
from cython_ufunc.errors import UserError
from cython_ufunc.facts import requirements

_OLDEST_STABLE_ABI = "3.11"  # with NumPy
_SECONDS = 30


class Tool(NamedTuple):
    """A program or package that builds use."""

    name: str
    version: Optional[str]  # None where there is none
    path: Optional[str]


class Installed(NamedTuple):
    """What was found."""

    tools: List[Tool]
    notes: List[str]  # what cannot be had, without being wrong
    problems: List[Problem]


def examine_installation() -> Installed:
    """Looks at this interpreter, its packages, and the programs on PATH."""
    found = Installed([], [], [])
    _examine_python(found)
    cython = _examine_cython(found)
    numpy = _examine_numpy(found)
    cmake = _examine_cmake(found)
    meson = _examine_meson(found)
    ninja = _examine_program(found, "Ninja", ["ninja", "ninja-build", "samu"])
    _check_build_systems(found, cmake, meson, ninja)
    _examine_compilers(found)
    if cython and numpy:
        _check_capabilities(found, numpy)
    return found


def _examine_python(found: Installed) -> None:
    version = platform.python_version()
    kind = platform.python_implementation()
    threads = ", free-threaded" if requirements.is_free_threaded() else ""
    found.tools.append(Tool("Python", f"{version} ({kind}{threads})", sys.executable))
    headers = Path(sysconfig.get_paths()["include"])
    if not (headers / "Python.h").is_file():
        found.problems.append(
            Problem(
                f"Python's headers are missing: there is no Python.h in {headers}. On Debian they are in the package "
                "python3-dev, on Fedora in python3-devel.",
                "python-headers-missing",
            )
        )


def _examine_cython(found: Installed) -> Optional[str]:
    try:
        cython = find_cython()
    except UserError as error:
        found.tools.append(Tool("Cython", None, None))
        found.problems.append(Problem(str(error), "cython"))
        return None
    found.tools.append(Tool("Cython", cython.version, str(cython.path)))
    if version_tuple(cython.version) == (3, 0, 0) and sys.version_info >= (3, 13):
        found.problems.append(
            Problem(
                f"the C code that Cython 3.0.0 writes does not compile with Python {platform.python_version()}. "
                f'Install a newer Cython: {sys.executable} -m pip install "cython>3.0.0"',
                "cython-with-python",
            )
        )
    if loses_ufunc_import(cython.version):
        found.notes.append(
            f"Cython {cython.version} loses the import of NumPy's ufunc API (cython/cython#6064): modules with ufuncs "
            "that are built without cython-ufunc crash."
        )
    return cython.version


def _examine_numpy(found: Installed) -> Optional[requirements.NumpyInfo]:
    try:
        numpy = requirements.find_numpy()
    except UserError as error:
        found.tools.append(Tool("NumPy", None, None))
        found.problems.append(Problem(str(error), "numpy"))
        return None
    found.tools.append(Tool("NumPy", numpy.version, str(numpy.include_dir)))
    return numpy


def _output(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """What the command says. One that cannot be run has ended with another code than 0, and with the reason."""
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 127, str(error))


def _examine_program(found: Installed, name: str, candidates: Sequence[str]) -> Optional[str]:
    """Notes the first of `candidates` that is on PATH; returns its path when it works."""
    for candidate in candidates:
        path = shutil.which(candidate)
        if not path:
            continue
        said = _output([path, "--version"])
        if said.returncode:
            found.tools.append(Tool(name, None, path))
            found.problems.append(
                Problem(
                    f"{name} at {path} does not work: it ended with exit code {said.returncode} and said: "
                    f"{said.stdout.strip()[-500:]}. Install it again.",
                    "program-broken",
                )
            )
            return None
        number = re.search(r"\d+(\.\d+)+\S*", said.stdout)
        first = said.stdout.strip().splitlines()[:1] or [""]
        found.tools.append(Tool(name, first[0] if "ompiler" in name or not number else number[0], path))
        return path
    found.tools.append(Tool(name, None, None))
    return None


def _examine_cmake(found: Installed) -> Optional[str]:
    """CMake's own part knows whether it is too old."""
    path = _examine_program(found, "CMake", ["cmake", "cmake3"])
    module = tree.root() / "cmake" / "CythonUfunc.cmake"
    if not path or not module.is_file():
        return path
    said = _output([path, "-P", str(module)])
    if said.returncode:
        lines = [line.strip() for line in said.stdout.splitlines() if line.startswith("  ")]
        found.problems.append(Problem(" ".join(filter(None, lines)) or said.stdout.strip(), "cmake"))
    return path


def _examine_meson(found: Installed) -> Optional[str]:
    path = _examine_program(found, "Meson", ["meson", str(Path(sys.executable).with_name("meson"))])
    project = tree.root() / "meson.build"
    version = found.tools[-1].version
    if path and version and project.is_file():
        oldest = re.findall(r"meson_version: '>=([\d.]+)'", project.read_text(encoding="utf-8"))[0]
        if version_tuple(version) < version_tuple(oldest):
            found.problems.append(
                Problem(
                    f"Meson {version} at {path} is too old; {oldest} or newer is needed. Install one with: "
                    f'{sys.executable} -m pip install "meson>={oldest}"',
                    "meson-too-old",
                )
            )
    return path


def _check_build_systems(found: Installed, cmake: Optional[str], meson: Optional[str], ninja: Optional[str]) -> None:
    if not cmake and not meson:
        found.problems.append(
            Problem(
                "there is neither CMake nor Meson on PATH. Install one of them: "
                f"{sys.executable} -m pip install cmake, or meson.",
                "build-system-missing",
            )
        )
    if meson and not ninja:
        found.problems.append(
            Problem(
                f"Meson needs Ninja, which is not on PATH. Install it: {sys.executable} -m pip install ninja.",
                "ninja-missing",
            )
        )


def _examine_compilers(found: Installed) -> None:
    for language, variable, candidates in (
        ("C", "CC", ["cc", "gcc", "clang", "cl"]),
        ("C++", "CXX", ["c++", "g++", "clang++", "cl"]),
    ):
        chosen = os.environ.get(variable, "").split()[-1:]
        name = f"{language} compiler"
        path = _examine_program(found, name, chosen or candidates)
        if not path and not found.tools[-1].path:
            asked = f"{variable} is '{os.environ[variable]}'" if chosen else f"tried {', '.join(candidates)}"
            found.problems.append(
                Problem(
                    f"there is no {name} on PATH ({asked}). Install one, such as Debian's package g++; on Windows, run "
                    "this in the developer prompt of Visual Studio.",
                    "compiler-missing",
                )
            )


def _check_capabilities(found: Installed, numpy: requirements.NumpyInfo) -> None:
    """Notes what these versions cannot do together."""
    try:
        requirements.limited_api(_OLDEST_STABLE_ABI, numpy)
    except UserError as error:
        found.notes.append(str(error))
    try:
        requirements.check_free_threaded(numpy)
    except UserError as error:
        if requirements.is_free_threaded():
            found.problems.append(Problem(str(error), "free-threaded"))
        else:
            found.notes.append(str(error))
