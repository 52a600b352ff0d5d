# SPDX-License-Identifier: BSD-3-Clause
"""The programs that all contenders are measured with, and the environment variables they see."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, NamedTuple, Optional

# These would change what one contender does and not what another does.
_UNWANTED = ("CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "CC", "CXX", "MAKEFLAGS", "PYTHONPATH")
_UNWANTED_PREFIXES = ("CMAKE_", "CCACHE_", "CYTHON_", "NINJA_", "Python_", "SETUPTOOLS_", "DISTUTILS_")
# distutils compiles with the flags that Python was built with: these, last, make them those of CMake and Meson.
_SETUPTOOLS_FLAGS = "{optimisation} -g0 -DNDEBUG -w"


class Tools(NamedTuple):
    """Paths of the programs. The Python has Cython, NumPy, Meson, setuptools and cython-cmake installed."""

    python: Path
    cmake: str
    ninja: str
    c_compiler: str
    cxx_compiler: str
    ccache: Optional[str]
    jobs: int
    optimisation: str  # -O3, or -O0 where only the build system is measured

    @property
    def meson(self) -> Path:
        """The environment's Meson."""
        return self.python.with_name("meson")

    @property
    def cython(self) -> Path:
        """The environment's Cython."""
        return self.python.with_name("cython")

    def environment(self, ccache_dir: Optional[Path] = None, output_cache: Optional[Path] = None) -> Dict[str, str]:
        """The environment variables of a build, with the compiler cache off, or on and in `ccache_dir`."""
        result = plain_environment()
        result["PATH"] = f"{self.python.parent}{os.pathsep}{result.get('PATH', os.defpath)}"
        launcher = f"{self.ccache} " if self.ccache else ""
        result["CC"] = launcher + self.c_compiler
        result["CXX"] = launcher + self.cxx_compiler
        for name in ("CFLAGS", "CXXFLAGS") if sys.platform != "win32" else ("CL",):
            result[name] = _SETUPTOOLS_FLAGS.format(optimisation=self.optimisation)
        if ccache_dir:
            result["CCACHE_DIR"] = str(ccache_dir)
        else:
            result["CCACHE_DISABLE"] = "1"
        if output_cache:
            result["CYTHON_UFUNC_CACHE"] = str(output_cache)
        return result

    def build_system_environment(self, environment: Dict[str, str]) -> Dict[str, str]:
        """`environment` for CMake and Meson, which get compilers and flags as arguments."""
        removed = ("CC", "CXX", "CFLAGS", "CXXFLAGS", "CL")
        return {name: value for name, value in environment.items() if name not in removed}


def plain_environment() -> Dict[str, str]:
    """This process's environment variables, without those that change what is built."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in _UNWANTED and not name.startswith(_UNWANTED_PREFIXES)
    }


def find_tools(python: Path, jobs: int, optimisation: str = "-O3") -> Tools:
    """The tools of this machine, around the environment's interpreter `python`. Exits for one that is missing."""
    found: Dict[str, str] = {}
    for name in ("cmake", "ninja", "cc", "c++"):
        path = shutil.which(name)
        if path is None:
            sys.exit(f"ci/bench needs {name}, which is not on PATH")
        found[name] = path
    return Tools(
        python=python,
        cmake=found["cmake"],
        ninja=found["ninja"],
        c_compiler=found["cc"],
        cxx_compiler=found["c++"],
        ccache=shutil.which("ccache"),
        jobs=jobs,
        optimisation=optimisation,
    )


def describe(tools: Tools) -> Dict[str, str]:
    """The versions, for the report."""
    packages = "import importlib.metadata as m; print('\\n'.join(m.version(p) for p in {!r}))"
    names = ["cython", "numpy", "meson", "cython-cmake", "setuptools"]
    versions = subprocess.check_output([str(tools.python), "-c", packages.format(names)], text=True).split()
    result = dict(zip(names, versions))
    result["python"] = subprocess.check_output([str(tools.python), "-V"], text=True).split()[1]
    for name, program in (("cmake", tools.cmake), ("ninja", tools.ninja), ("compiler", tools.c_compiler)):
        result[name] = subprocess.check_output([program, "--version"], text=True).split("\n")[0].strip()
    result["ccache"] = "none"
    if tools.ccache:
        result["ccache"] = subprocess.check_output([tools.ccache, "--version"], text=True).split("\n")[0].split()[-1]
    result["machine"] = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return result
