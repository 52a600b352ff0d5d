# SPDX-License-Identifier: BSD-3-Clause
"""What a cross build needs to know of the Python and the NumPy that it is for, read from their files.

They are another machine's: nothing of them can be run here.
"""

import ast
import json
import platform
import re
import sysconfig
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Sequence

from cython_ufunc.errors import UserError

_WINDOWS_PLATFORMS = {
    "x86_64": "win_amd64",
    "amd64": "win_amd64",
    "i386": "win32",
    "i686": "win32",
    "x86": "win32",
    "aarch64": "win_arm64",
    "arm64": "win_arm64",
}


class Target(NamedTuple):
    """What is known of the target."""

    system: str  # as CMake and Meson call it, in lower case: windows, linux, ...
    processor: str  # likewise
    python_includes: Sequence[Path]  # with Python.h and pyconfig.h
    python_libraries: Sequence[str] = ()
    extension_suffix: str = ""  # what the build system found; may be this machine's


def probe_target(target: Target, numpy_include: Optional[Path]) -> Dict[str, str]:
    """Facts about the target's Python by name, empty where they are not to be found out, and about its NumPy.

    Raises UserError when `numpy_include` is not part of a NumPy.
    """
    facts = {
        "PYTHON_VERSION": _python_version(target.python_includes),
        "FREE_THREADED": "1" if _abi_flags(target) else "0",
        "EXTENSION_SUFFIX": extension_suffix(target),
    }
    if numpy_include:
        facts["NUMPY_VERSION"] = read_numpy_version(numpy_include)
        check_numpy_headers(numpy_include, target.system)
        package = numpy_package(numpy_include)
        facts["NUMPY_SITE"] = str(package.parent) if package else ""
    return facts


def extension_suffix(target: Target) -> str:
    """What the names of the target's extension modules end in; an empty string where that is not to be found out."""
    candidates = [_suffix_on_windows(target)] if target.system == "windows" else _described_suffixes(target)
    for suffix in [*candidates, target.extension_suffix]:
        if suffix and _can_be_the_targets(suffix, target):
            return suffix
    return ""


def read_numpy_version(include_dir: Path) -> str:
    """The release of the NumPy with the headers in `include_dir`. Raises UserError where it does not say."""
    package = numpy_package(include_dir)
    for path in (package / "version.py", package / "_version.py") if package else ():
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        match = re.search(
            r"^\s*\"?(?:short_)?version\"?(?:\s*:\s*str)?\s*[=:]\s*[\"'](\d+\.\d+[^\"']*)", text, re.MULTILINE
        )
        if match:
            return match[1]
    raise UserError(
        f"the NumPy headers in {include_dir} are not in a NumPy package that has a version. Give the folder "
        "numpy/_core/include (of NumPy 1: numpy/core/include) of a NumPy that is installed for the target."
    )


def check_numpy_headers(include_dir: Path, system: str) -> None:
    """Raises UserError when the NumPy headers in `include_dir` have a C `long` that `system` has not."""
    path = include_dir / "numpy" / "_numpyconfig.h"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    longs = re.findall(r"^#define NPY_SIZEOF_LONG (\d+)", text, re.MULTILINE)  # NumPy before 1.20 asks Python's headers
    pointers = re.findall(r"^#define NPY_SIZEOF_PY_INTPTR_T (\d+)", text, re.MULTILINE)
    expected = ["4"] if system.lower() == "windows" else pointers
    if longs and expected and not set(longs) & set(expected):
        raise UserError(
            f"the NumPy headers in {include_dir} are for another machine: their long has {longs[0]} bytes, that of "
            f"{system} has {expected[0]}. Give those of the target's NumPy: Python_NumPy_INCLUDE_DIR with CMake, the "
            "property numpy-include-dir with Meson."
        )


def numpy_package(include_dir: Path) -> Optional[Path]:
    """The folder of the NumPy package with the headers in `include_dir`; None where they lie outside of one."""
    for folder in include_dir.resolve().parents:
        if (folder / "version.py").is_file() and (folder / "__init__.pxd").is_file():
            return folder
    return None


def _find(includes: Sequence[Path], name: str) -> str:
    """The text of the header `name`, or an empty string."""
    for folder in includes:
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8", errors="replace")
    return ""


def _python_version(includes: Sequence[Path]) -> str:
    match = re.search(r'^#\s*define\s+PY_VERSION\s+"(\d+\.\d+\.\d+)', _find(includes, "patchlevel.h"), re.MULTILINE)
    return match[1] if match else ""


def _abi_flags(target: Target) -> str:
    # Windows has one pyconfig.h for both; the library tells.
    libraries = " ".join(target.python_libraries)
    defined = re.search(r"^#\s*define\s+Py_GIL_DISABLED\s+1", _find(target.python_includes, "pyconfig.h"), re.MULTILINE)
    return "t" if defined or re.search(r"python\d+t(_d)?\.", libraries) else ""


def _suffix_on_windows(target: Target) -> str:
    """The suffix of python.org's Python, which follows from its version. Others, such as MSYS2's, have their own."""
    version = _python_version(target.python_includes)
    platform_tag = _WINDOWS_PLATFORMS.get(target.processor.lower(), "")
    configured = re.search(
        r"^#\s*define\s+MS_WIN(DOWS|32|64)\b", _find(target.python_includes, "pyconfig.h"), re.MULTILINE
    )
    if not version or not platform_tag or not configured:
        return ""
    major, minor = version.split(".")[:2]
    return f".cp{major}{minor}{_abi_flags(target)}-{platform_tag}.pyd"


def _described_suffixes(target: Target) -> List[str]:
    """The suffixes in the descriptions of Python installations that the headers belong to."""
    version = ".".join(_python_version(target.python_includes).split(".")[:2])
    suffixes: List[str] = []
    for include in target.python_includes:
        for prefix in include.parents[:3]:
            # <prefix>/include/python3.11, or <prefix>/include/<architecture>/python3.11
            for library in (prefix / folder / f"python{version}{_abi_flags(target)}" for folder in ("lib", "lib64")):
                suffixes += map(_suffix_in_build_details, sorted(library.glob("build-details.json")))
                suffixes += map(_suffix_in_sysconfig_data, sorted(library.glob("_sysconfigdata_*.py")))
    return suffixes


def _suffix_in_build_details(path: Path) -> str:
    """What a description by PEP 739 says."""
    try:
        suffix = json.loads(path.read_text(encoding="utf-8"))["abi"]["extension_suffix"]
    except (ValueError, KeyError, TypeError):
        return ""
    return str(suffix)


def _suffix_in_sysconfig_data(path: Path) -> str:
    """What Python's `sysconfig` reads from this file, which assigns one dictionary of constants."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            return str(ast.literal_eval(node.value).get("EXT_SUFFIX", ""))
    return ""


def _can_be_the_targets(suffix: str, target: Target) -> bool:
    """False for a suffix that names this machine and not the target: what this machine's Python says of itself."""
    if target.system == "windows":
        return suffix.endswith(".pyd")
    if target.processor and target.processor in suffix:
        return True
    named = [platform.machine(), str(sysconfig.get_config_var("MULTIARCH") or "").split("-")[0]]
    return not any(name and name in suffix for name in named)
