# SPDX-License-Identifier: BSD-3-Clause
"""Microsoft's ABI without a file of Microsoft's: clang-cl and lld-link, with a kit of headers and libraries.

The kit has the headers of the C library and of Windows from Wine, those of C++ from libc++ (without its library),
import libraries, and start-up code instead of Microsoft's static one. What Wine's headers lack is in msvc_kit/include,
the start-up code in msvc_kit/src.
"""

import hashlib
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path
from typing import List

from common import debian_packages
from common.environment import lock
from common.package_index import fetch_file

from cross.import_library import write_import_library
from cross.machine import Toolchain

LLVM = Path("/usr/lib/llvm-14/bin")
PACKAGES = {
    "clang-14": str(LLVM / "clang"),
    "clang-tools-14": str(LLVM / "clang-cl"),
    "lld-14": str(LLVM / "lld-link"),
    "llvm-14": str(LLVM / "llvm-lib"),
}
# LLVM's OpenMP for Windows, as Intel builds it.
OPENMP = (
    "intel_openmp-2024.2.3-py2.py3-none-win_amd64.whl",
    "2ef898325f4562cfb3029f680540745ddaf6a8bb809960ddca8cab758c356e5e",
)
SOURCES = (*OPENMP, "the source of Debian trixie's python3.13", "2")

_PROJECT = Path(__file__).with_name("msvc_kit")
_TARGET = "--target=x86_64-pc-windows-msvc"
# What CMake and Meson name for every program, and what the start-up code needs: of Wine's, by Microsoft's names.
_WINDOWS_LIBRARIES = {
    "ucrt": "ucrtbase",
    "vcruntime": "vcruntime140",
    **{name: name for name in ("advapi32", "comdlg32", "gdi32", "kernel32", "ole32", "oleaut32", "shell32", "user32")},
    "uuid": "uuid",
    "winspool": "winspool",
}


class Kit:
    """The kit in `folder`, and the flags that have clang-cl and lld-link take it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packages = folder.with_name(f"{folder.name}-packages")

    @property
    def libraries(self) -> Path:
        """Where the linker finds what headers and compiler ask for."""
        return self.folder / "lib"

    @property
    def c_flags(self) -> List[str]:
        """Headers of the C library and of Windows; -imsvc puts them behind Clang's own."""
        wine = self.packages / "usr" / "include" / "wine" / "wine"
        folders = [self.folder / "include", wine / "msvcrt", wine / "windows"]
        return [word for folder in folders for word in ("-imsvc", str(folder))]

    @property
    def cxx_flags(self) -> List[str]:
        """Headers of C++ first of all, and none of it in a library. Meson would rewrite -Xclang -isystem."""
        libcxx = self.packages / "usr" / "lib" / "llvm-14" / "include" / "c++" / "v1"
        macros = ["DISABLE_VISIBILITY_ANNOTATIONS", "DISABLE_EXTERN_TEMPLATE", "NO_AUTO_LINK"]
        first = [f"/clang:-isystem{folder}" for folder in (self.folder / "include" / "c++", libcxx)]
        return [*first, *(f"-D_LIBCPP_{macro}" for macro in macros), *self.c_flags]

    def toolchain(self) -> Toolchain:
        """For CMake and Meson. llvm-mt cannot embed a manifest, so the linker is asked for none."""
        compiler = [str(LLVM / "clang-cl"), _TARGET, "-fuse-ld=lld"]
        linker = str(LLVM / "lld-link")
        programs = {
            "c": compiler,
            "cpp": compiler,
            "c_ld": linker,
            "cpp_ld": linker,
            "ar": str(LLVM / "llvm-lib"),
            "windres": str(LLVM / "llvm-rc"),
        }
        cmake = {"LINKER": "lld-link", "AR": "llvm-lib", "MT": "llvm-mt", "RC_COMPILER": "llvm-rc"}
        lines = [f"set(CMAKE_{name} {LLVM / program})" for name, program in cmake.items()]
        for language in ("C", "CXX"):
            lines.append(f"set(CMAKE_{language}_COMPILER_TARGET x86_64-pc-windows-msvc)")
            # CMake links by lld-link, which is not told of OpenMP's library as clang-cl is.
            lines.append(f'set(OpenMP_{language}_FLAGS "-openmp" CACHE STRING "")')
            lines.append(f'set(OpenMP_{language}_LIB_NAMES libomp CACHE STRING "")')
        lines.append(f'set(OpenMP_libomp_LIBRARY "{self.libraries / "libomp.lib"}" CACHE FILEPATH "")')
        link_flags = [f"/libpath:{self.libraries}", "/manifest:no"]
        return Toolchain(programs, self.c_flags, self.cxx_flags, link_flags, lines)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("msvc*.py"), *_PROJECT.rglob("*.cpp"), *_PROJECT.rglob("*.h")]):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def make_kit(folder: Path, cache: Path) -> Kit:
    """Makes the kit in `folder`, unless it is there already."""
    kit = Kit(folder)
    stamp = folder / "made"
    wanted = "\n".join([*OPENMP, _digest(Path(__file__).parent)])
    with lock(folder):
        if not stamp.is_file() or stamp.read_text() != wanted:
            shutil.rmtree(folder, ignore_errors=True)
            debian_packages.unpack(
                ["libwine-dev", "libc++-14-dev"], "bookworm", "amd64", kit.packages, dependencies=False
            )
            shutil.copytree(_PROJECT / "include", folder / "include")
            _add_windows_libraries(kit)
            _compile_start_up_code(kit)
            _add_openmp(kit, cache)
            stamp.write_text(wanted)
    return kit


def _add_windows_libraries(kit: Kit) -> None:
    kit.libraries.mkdir()
    wine = kit.packages / "usr" / "lib" / "x86_64-linux-gnu" / "wine" / "x86_64-windows"
    for name, source in _WINDOWS_LIBRARIES.items():
        shutil.copy2(wine / f"lib{source}.a", kit.libraries / f"{name}.lib")
    (kit.libraries / "oldnames.lib").write_bytes(b"!<arch>\n")


def _compile_start_up_code(kit: Kit) -> None:
    """Makes msvcrt.lib; there is no other for debug builds, whose C runtime Wine does not have."""
    objects: List[Path] = []
    for source in sorted((_PROJECT / "src").glob("*.cpp")):
        objects.append(kit.folder / f"{source.stem}.obj")
        flags = ["/nologo", "/O2", "/W3", "/MD", "/GS-", "/Zl", "/Zc:threadSafeInit-", "/std:c++17"]
        flags.append("/GR-" if source.stem == "type_info" else "/EHsc")
        run = [str(LLVM / "clang-cl"), _TARGET, "/c", *flags, *kit.cxx_flags, f"/Fo{objects[-1]}", "--", str(source)]
        subprocess.run(run, check=True)
    for name in ("msvcrt", "msvcrtd"):
        subprocess.run(
            [str(LLVM / "llvm-lib"), "/nologo", f"/out:{kit.libraries / name}.lib", *map(str, objects)], check=True
        )


def _add_openmp(kit: Kit, cache: Path) -> None:
    files = {
        "libiomp5md.dll": kit.folder / "libiomp5md.dll",
        "libiomp5md.lib": kit.libraries / "libomp.lib",
        "omp.h": kit.folder / "include" / "omp.h",
    }
    with zipfile.ZipFile(fetch_file("intel-openmp", *OPENMP, cache)) as wheel:
        for member in wheel.namelist():
            target = files.get(member.rpartition("/")[2])
            if target:
                target.write_bytes(wheel.read(member))


def complete_python(folder: Path, cache: Path, kit: Kit) -> None:
    """Adds headers, import libraries and OpenMP's DLL to the installation of Python in `folder`."""
    _add_headers(folder, cache)
    libraries = folder / "libs"
    libraries.mkdir()
    for name in ("python313", "python3"):
        write_import_library(folder / f"{name}.dll", libraries / f"{name}.lib", LLVM)
    shutil.copy2(kit.folder / "libiomp5md.dll", folder)


def _add_headers(folder: Path, cache: Path) -> None:
    """CPython's headers, with the pyconfig.h of Windows, which only the source has."""
    archive = debian_packages.download_source("python3.13", "trixie", cache / "python-source")
    with tarfile.open(archive) as tar:
        for member in tar:
            _, _, path = member.name.partition("/")
            if path == "PC/pyconfig.h.in":
                target = folder / "include" / "pyconfig.h"
            elif path.startswith("Include/") and member.isfile():
                target = folder / "include" / path[len("Include/") :]
            else:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            content = tar.extractfile(member)
            if content:
                target.write_bytes(content.read())
