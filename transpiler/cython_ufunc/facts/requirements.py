# SPDX-License-Identifier: BSD-3-Clause
"""What can be asked of a build, checked against the versions of Python, Cython and NumPy found."""

import importlib.util
import re
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple, Optional, Tuple

from cython_ufunc.cython.version import find_cython, version_tuple
from cython_ufunc.errors import UserError, how_to_install
from cython_ufunc.facts.target import check_numpy_headers, read_numpy_version

OLDEST_NUMPY = (1, 19)


class NumpyInfo(NamedTuple):
    """The NumPy that modules are compiled with."""

    version: str
    include_dir: Path


def find_numpy(include_dir: Optional[Path] = None, system: str = "") -> NumpyInfo:
    """This interpreter's NumPy, or the one with the headers in `include_dir`; `system` is what a cross build is for.

    Raises UserError when there is none that works, one older than OLDEST_NUMPY, or one for another system.
    """
    oldest = ".".join(map(str, OLDEST_NUMPY))
    numpy = NumpyInfo(read_numpy_version(include_dir), include_dir) if include_dir else _own_numpy(oldest, system)
    if version_tuple(numpy.version)[:2] < OLDEST_NUMPY:
        raise UserError(
            f"NumPy {numpy.version} at {numpy.include_dir} is too old; {oldest} or newer is needed. "
            f"{_numpy_remedy(oldest, system)}"
        )
    if system:
        check_numpy_headers(numpy.include_dir, system)
    return numpy


def _numpy_remedy(oldest: str, system: str) -> str:
    if system:
        return "In a cross build, set the property numpy-include-dir to the headers of the target's NumPy."
    return how_to_install(f"numpy>={oldest}")


def _own_numpy(oldest: str, system: str) -> NumpyInfo:
    try:
        import numpy
    except ImportError as error:
        # A Python that stands for the target's, as crossenv makes one, has a NumPy of that machine.
        include_dir = _numpy_headers_on_path() if system else None
        if include_dir:
            return NumpyInfo(read_numpy_version(include_dir), include_dir)
        remedy = _numpy_remedy(oldest, system)
        raise UserError(f"{sys.executable} cannot import NumPy ({error}). {remedy}") from None
    return NumpyInfo(numpy.__version__, Path(numpy.get_include()))


def _numpy_headers_on_path() -> Optional[Path]:
    """Where the NumPy that this interpreter would import has its headers; None where there is none."""
    spec = importlib.util.find_spec("numpy")
    for folder in (spec and spec.submodule_search_locations) or []:
        for core in ("_core", "core"):  # that of NumPy 1 is the second
            include_dir = Path(folder, core, "include")
            if (include_dir / "numpy" / "arrayobject.h").is_file():
                return include_dir
    return None


def is_free_threaded() -> bool:
    """True when this interpreter can run without the GIL."""
    return bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


# The rules below stand in cmake/private/module_options.cmake too: errors name CMake's keywords there, and no process is
# started for each module. Both pass one table of cases, test-projects/errors/rules/version_cases.py.
def _version_argument(option: str, value: str, example: str) -> Tuple[int, int]:
    """The two numbers of `value`, given for `option`. Raises UserError when it is not of the form x.y."""
    match = re.fullmatch(r"([0-9]+)\.([0-9]+)", value)
    if not match:
        raise UserError(
            f"{option} '{value}' is not a version of the form <major>.<minor>, such as {example}. "
            "Correct it, or leave it out."
        )
    return int(match[1]), int(match[2])


def limited_api(abi: str, numpy: Optional[NumpyInfo], target_python: str = "") -> str:
    """The value of Py_LIMITED_API for the stable ABI `abi`, for this Python or for `target_python`, a version.

    Raises UserError where it cannot be had with that and with `numpy`.
    """
    python = target_python or sys.version.split()[0]
    wanted = _version_argument("stable ABI", abi, "3.12")
    cython = find_cython()
    problem = ""
    if version_tuple(cython.version) < (3, 1):
        problem = f"Cython 3.1 or newer; found Cython {cython.version}"
    elif numpy and wanted < (3, 11):
        problem = "the ABI of Python 3.11 or newer, the first with the buffer protocol that NumPy's users need"
    elif wanted < (3, 8):
        problem = "the ABI of Python 3.8 or newer"
    elif version_tuple(python)[:2] < wanted:
        problem = f"Python {abi} or newer to build with; found Python {python}"
    elif numpy and version_tuple(numpy.version) < (2, 0):
        problem = f"NumPy 2.0 or newer to build with; found NumPy {numpy.version}"
    elif is_free_threaded():
        problem = "an interpreter with the GIL: free-threaded Python has no stable ABI before 3.15"
    if problem:
        raise UserError(f"the stable ABI {abi} needs {problem}. Change that, or do without the stable ABI.")
    return f"0x{(wanted[0] << 24) + (wanted[1] << 16):08x}"


def numpy_target_macro(version: str, numpy: NumpyInfo) -> str:
    """The value of NPY_TARGET_VERSION for modules that run on NumPy `version` and newer. Raises UserError without."""
    _version_argument("NumPy target version", version, "1.25")
    name = f"NPY_{version.replace('.', '_')}_API_VERSION"
    header = (numpy.include_dir / "numpy" / "numpyconfig.h").read_text(encoding="utf-8")
    if "NPY_TARGET_VERSION" not in header:
        raise UserError(
            f"NumPy target version {version} needs the headers of NumPy 1.25 or newer; found NumPy {numpy.version}, "
            f"whose modules run on {numpy.version} and newer only. Build with a newer NumPy, or leave it out."
        )
    known = re.findall(r"define NPY_([0-9]+)_([0-9]+)_API_VERSION", header)
    if tuple(version.split(".")) not in known:
        names = ", ".join(".".join(numbers) for numbers in known)
        raise UserError(
            f"NumPy {numpy.version} has no target version {version}. Give one of: {names}; or build with a newer NumPy."
        )
    return name


def check_free_threaded(numpy: Optional[NumpyInfo] = None) -> None:
    """Raises UserError when a module, with `numpy` or without, cannot be declared to work without the GIL."""
    cython = find_cython()
    if version_tuple(cython.version) < (3, 1):
        raise UserError(
            f"--free-threaded needs Cython 3.1 or newer; found Cython {cython.version}. "
            "Install a newer one, or leave it out."
        )
    if numpy and is_free_threaded() and version_tuple(numpy.version) < (2, 1):
        raise UserError(
            f"--free-threaded needs NumPy 2.1 or newer on this Python; found NumPy {numpy.version}. "
            "Install a newer one, or leave it out."
        )
