# SPDX-License-Identifier: BSD-3-Clause
"""The interpreters and processors of ci/platforms, and what each is built and checked with."""

import functools
import os
import shutil
import subprocess
from pathlib import Path
from typing import Callable, List, NamedTuple, Optional, Sequence, Tuple

from common.debian_packages import unpack
from common.environment import ROOT, can_install, install_debian_packages, lock

from compatibility import debian_testing
from compatibility.build import Programs
from compatibility.cpython import build_cpython, build_library
from compatibility.packages import NoPackageError, find_interpreter, make_uv_environment
from compatibility.sysroot import PROCESSORS, debian_packages, make_sysroot
from compatibility.tools import Compilers, find_compilers, find_tool, zig_compilers

_GCC = "GCC 12"
_CYTHON = "3.3"  # no release that loses the ufunc import

_ALL = ["manual-examples", "users-own-imports", "crash-and-cure", "public-api", "ordering", "import-failures"]
_ALL += ["package", "old-ritual", "names", "free-threaded", "coverage", "import-faults"]
# Of coverage there is no wheel with its C tracer for that Python, and plugins need it.
_WITHOUT_GIL = [name for name in _ALL if name != "coverage"]
# Without what needs OpenMP, which that Clang has not, and what needs SQLite, which that CPython has not.
_WITH_MUSL = [name for name in _ALL if name not in ("crash-and-cure", "coverage")]
# Their checks need no negative control, whose file names FindPython would take from the wrong machine.
_CROSS = ["manual-examples", "users-own-imports", "old-ritual", "names", "import-failures", "free-threaded"]


class Platform(NamedTuple):
    """An interpreter, maybe of another processor."""

    name: str
    origin: str  # of its Python
    debian: Tuple[str, ...]  # packages that it needs
    prepare: Callable[[], Programs]  # with CMake; raises NoPackageError where it cannot be had
    projects: Sequence[str]
    meson: bool = True


def _programs(python: Path, compilers: Compilers) -> Programs:
    return Programs(python, _CYTHON, compilers, find_tool("CMake newest")[1], "Ninja")


def _native(name: str, interpreter: Path, compilers: Optional[Compilers] = None) -> Programs:
    compilers = compilers or find_compilers(_GCC)
    if compilers is None:
        raise NoPackageError(f"this machine has no {_GCC}")
    return _programs(make_uv_environment(f"platform-{name}", interpreter, ["numpy", "cython", "coverage"]), compilers)


def _newer(version: str) -> Programs:
    return _native(version, debian_testing.newer_cpython(version))


def _free_threaded() -> Programs:
    return _native("free-threaded", build_cpython("free-threaded", ["--disable-gil"], {}))


def _musl() -> Programs:
    """With a Clang that has musl's headers, and Debian 13's musl: NumPy's wheels do not run with Debian 12's."""
    folder = ROOT / ".cache" / "musl"
    with lock(folder):
        unpack(["musl"], "trixie", "amd64", folder, dependencies=False)
    compilers = zig_compilers("x86_64-linux-musl")
    c = f"{compilers.c} -dynamic -w -Wno-date-time"
    loader = folder / "usr" / "lib" / "ld-musl-x86_64.so.1"
    # Cython compresses by the one, and the test of faults at import calls functions by the other.
    libraries = [
        build_library("zlib", "musl-zlib", c, ["--static"]),
        build_library(
            "libffi", "musl-libffi", c, ["--disable-shared", "--disable-docs", "--disable-exec-static-tramp"]
        ),
    ]
    variables = {
        "CC": c,
        "CFLAGS": "-O1 -DTHREAD_STACK_SIZE=0x100000",  # as Alpine's; musl's own are an eighth of it
        # By this macro of musl's own <stdarg.h> CPython knows musl; Clang has another <stdarg.h>.
        "CPP": f"{c} -E -D__DEFINED_va_list",
        "CPPFLAGS": " ".join(f"-I{library}/include" for library in libraries),
        "LDFLAGS": " ".join([*(f"-L{library}/lib" for library in libraries), f"-Wl,--dynamic-linker={loader}"]),
        "PKG_CONFIG": "false",  # it would find this machine's libraries
    }
    return _native("musl", build_cpython("musl", [], variables), compilers)


def _cross(processor: str) -> Programs:
    sysroot = make_sysroot(PROCESSORS[processor])
    host = find_interpreter("3.11")
    if host is None:
        raise NoPackageError("this machine has no Python 3.11, as the sysroot has")
    python = make_uv_environment("platform-cross", host, [f"numpy=={sysroot.numpy}", "cython"])
    programs = _programs(python, sysroot.compilers)
    return programs._replace(cmake_arguments=sysroot.cmake_arguments, target_python=sysroot.python)


def all_platforms() -> List[Platform]:
    """The platforms, in the order of the table."""
    debian, source = "Debian 12", "built from Debian 13's source"
    platforms = [
        Platform(
            "debug CPython 3.11",
            debian,
            ("python3-dbg", "libpython3-dbg"),
            functools.partial(_native, "debug", Path("/usr/bin/python3-dbg")),
            _ALL,
        ),
        *(
            Platform(
                f"CPython {version}", f"Debian's {debian_testing.RELEASE}", (), functools.partial(_newer, version), _ALL
            )
            for version in ("3.14", "3.15")
        ),
        Platform("free-threaded CPython 3.13", source, (), _free_threaded, _WITHOUT_GIL),
        # Left out: what needs OpenMP, which this Clang has not, and what needs SQLite, which this CPython has not.
        Platform(
            "CPython 3.13 with musl",
            source,
            (),
            _musl,
            [name for name in _ALL if name not in ("crash-and-cure", "coverage")],
        ),
        # Cython takes half a minute for a module there.
        Platform(
            "PyPy 3.9",
            debian,
            ("pypy3", "pypy3-dev", "pypy3-venv"),
            functools.partial(_native, "pypy", Path("/usr/bin/pypy3")),
            ["manual-examples", "users-own-imports", "import-failures"],
            meson=False,
        ),
    ]
    for name, processor in PROCESSORS.items():
        packages = debian_packages(processor)
        prepare = functools.partial(_cross, name)
        platforms.append(Platform(f"CPython 3.11 on {name}", debian, packages, prepare, _CROSS, meson=False))
    return platforms


def install(platform: Platform) -> None:
    """Installs Debian's packages for `platform`; raises NoPackageError where that cannot be done."""
    if not platform.debian:
        return
    if not shutil.which("dpkg-query"):
        raise NoPackageError(f"this machine has no Debian packages ({', '.join(platform.debian)})")
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\\n", *platform.debian]
    listing = subprocess.run(query, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    installed = [line.split()[0] for line in listing.splitlines() if line.endswith(" installed")]
    missing = [package for package in platform.debian if package not in installed]
    if missing and not can_install():
        raise NoPackageError(f"this machine lacks Debian's {', '.join(missing)}")
    install_debian_packages(missing)


def with_meson(programs: Programs) -> Programs:
    """The same, with Meson."""
    return programs._replace(tool=find_tool("Meson newest")[1])


def describe(programs: Programs) -> Tuple[str, str]:
    """The releases of the Python and the NumPy that the modules run on."""
    code = "import platform, numpy; print(platform.python_version(), numpy.__version__)"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    output = subprocess.check_output([str(programs.interpreter), "-c", code], env=environment, text=True)
    python, numpy = output.split()
    return python, numpy
