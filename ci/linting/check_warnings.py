# SPDX-License-Identifier: BSD-3-Clause
"""Compiles the runtime, an init shim and the headers that users' sources see, with every warning an error. Looks at what
sources see of the headers that have nothing to do with NumPy.

Usage: check_warnings.py <scratch folder> --c-compiler <path> --cxx-compiler <path>
"""

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Iterator, List, NamedTuple

import numpy

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "transpiler"))
from cython_ufunc.outputs.body import body_symbol  # noqa: E402
from cython_ufunc.outputs.shim import make_shim  # noqa: E402

RUNTIME = ROOT / "runtime"
MODULE_NAME = "mypkg.modé"
LIMITED_API = "-DPy_LIMITED_API=0x030b0000"

WARNINGS = [
    "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wcast-align", "-Wconversion", "-Wdouble-promotion", "-Wformat=2",
    "-Wmissing-declarations", "-Wshadow", "-Wsign-conversion", "-Wundef", "-Wvla", "-Wwrite-strings",
]  # fmt: skip
C_WARNINGS = [*WARNINGS, "-Wmissing-prototypes", "-Wstrict-prototypes"]
CXX_WARNINGS = [
    *WARNINGS, "-Wextra-semi", "-Wnon-virtual-dtor", "-Wold-style-cast", "-Woverloaded-virtual",
    "-Wzero-as-null-pointer-constant",
]  # fmt: skip
GCC_CXX_WARNINGS = ["-Wduplicated-cond", "-Wlogical-op", "-Wuseless-cast"]

# A user's source.
HELPER = """
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>
PyObject *zeros(npy_intp count);
PyObject *zeros(npy_intp count) {
    import_array1(NULL)
    return PyArray_ZEROS(1, &count, NPY_DOUBLE, 0);
}
"""
# A body around Cython's part of it.
BODY = f"""
#define CYTHON_UFUNC_BODY {body_symbol(MODULE_NAME)}
#define CYTHON_UFUNC_BODY_INIT body_init
#include "cython_ufunc/body_begin.h"
#include <Python.h>
#define CYTHON_PEP489_MULTI_PHASE_INIT 1
PyObject *CYTHON_UFUNC_BODY_INIT(void) {{ return PyUnicode_FromString("never run"); }}
#include "cython_ufunc/body_end.h"
"""
# A source that has nothing to do with NumPy, in the oldest C and in C++.
UNAWARE = """
typedef int _object;
int import_array(int NO_IMPORT);
int import_array(int NO_IMPORT) { _object PyArray_API = NO_IMPORT; return PyArray_API; }
"""

FORCED = ["-include", "cython_ufunc/numpy_tables.h", f"-I{RUNTIME / 'numpy_headers'}"]


class Case(NamedTuple):
    """One compile."""

    title: str
    source: Path
    options: List[str]


def standards(language: str, is_clang: bool) -> List[str]:
    """The language standards that the headers have to be valid in, oldest first; Python's headers are not in the first."""
    if language == "c":
        return ["c89", "c99", "c11", "c17", "c2x"]
    return ["c++98", "c++11", "c++14", "c++17", "c++20", "c++2b" if is_clang else "c++23"]


def check_is_unnoticed(compiler: str, language: str, options: List[str]) -> None:
    """Asserts that a source sees nothing of the header in front of it but macros of our own."""
    empty = [compiler, "-x", language, "-E", "-P", os.devnull]
    seen = subprocess.check_output([*empty, *options], text=True)
    assert not seen.strip(), seen
    macros, with_header = (
        set(subprocess.check_output([*empty, "-dM", *more], text=True).splitlines()) for more in ([], options)
    )
    assert macros < with_header, with_header
    for macro in with_header - macros:
        assert macro.startswith("#define CYTHON_UFUNC_"), macro


def check_clang_cl(scratch: Path) -> None:
    """Asserts that clang-cl finds NumPy's headers behind ours, whatever their folder is called."""
    compiler = next(filter(None, map(shutil.which, ("clang-cl", "clang-cl-14"))), None)
    if compiler is None:
        print("Not tested: clang-cl, which is not there")
        return
    headers = scratch / "other" / "numpy"
    headers.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(numpy.get_include(), "numpy", "npy_no_deprecated_api.h"), headers)
    source = scratch / "clang_cl.c"
    source.write_text("#include <numpy/npy_no_deprecated_api.h>\nNPY_NO_DEPRECATED_API\n")
    folders = [f"/I{folder}" for folder in (RUNTIME / "include", RUNTIME / "numpy_headers", headers.parent)]
    command = [
        compiler,
        "--target=x86_64-pc-windows-msvc",
        "/EP",
        "/FIcython_ufunc/numpy_tables.h",
        *folders,
        source.name,  # a path begins as an option does
    ]
    assert subprocess.check_output(command, cwd=scratch, text=True).split() == ["NPY_API_VERSION"]


def make_cases(scratch: Path, is_clang: bool) -> Iterator[Case]:
    """Writes the sources into `scratch`; yields what to compile of them."""
    python = ["-isystem", sysconfig.get_paths()["include"]]
    headers = ["-isystem", numpy.get_include(), *python]
    include = [f"-I{RUNTIME / 'include'}"]
    user_options = [*include, *FORCED, *headers]

    parts = sorted((RUNTIME / "src").glob("*.cpp"))
    assert len(parts) >= 3, parts
    unity = scratch / "unity.cpp"
    unity.write_text("".join(f'#include "{part}"\n' for part in parts))
    apis = [[], [LIMITED_API]] if int(numpy.__version__.split(".")[0]) >= 2 and sys.version_info >= (3, 11) else [[]]
    for source, api in itertools.product([unity, *parts], apis):
        options = ["-std=c++17", '-DCYTHON_UFUNC_NUMPY_VERSION="1.0"', *api, *include, *headers]
        yield Case(f"runtime, {' '.join(api) or 'full API'}", source, options)

    shim = scratch / "shim.cpp"
    shim.write_bytes(make_shim(ROOT / "templates" / "init_shim.cpp.in", MODULE_NAME))
    for language, suffix in (("c", "c"), ("c++", "cpp")):
        helper, body, unaware = (scratch / f"{name}.{suffix}" for name in ("helper", "body", "unaware"))
        # NULL is not what -Wzero-as-null-pointer-constant wants of C++.
        helper.write_text(HELPER if language == "c" else f'extern "C" {{{HELPER}}}'.replace("NULL", "nullptr"))
        body.write_text(BODY)
        unaware.write_text(UNAWARE)
        for standard in standards(language, is_clang):
            option = f"-std={standard}"
            yield Case("unaware of NumPy", unaware, [option, *user_options])
            if standard not in ("c89", "c++98"):
                yield Case("helper", helper, [option, *user_options])
                yield Case("body", body, [option, *user_options])
            if language == "c++":
                yield Case("shim", shim, [option, *include])


def main() -> int:
    """Compiles everything; returns 1 when a compiler complained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--c-compiler", required=True)
    parser.add_argument("--cxx-compiler", required=True)
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    version = subprocess.check_output([options.cxx_compiler, "--version"], text=True).splitlines()[0]
    print(version)
    is_clang = "clang" in version
    cxx_warnings = [*CXX_WARNINGS, *([] if is_clang else GCC_CXX_WARNINGS)]
    failures = count = 0
    for compiler, language in ((options.c_compiler, "c"), (options.cxx_compiler, "c++")):
        check_is_unnoticed(compiler, language, [f"-I{RUNTIME / 'include'}", *FORCED])
    if is_clang:
        check_clang_cl(options.scratch)
    for case in make_cases(options.scratch, is_clang):
        is_c = case.source.suffix == ".c"
        compiler = options.c_compiler if is_c else options.cxx_compiler
        warnings = C_WARNINGS if is_c else cxx_warnings
        if "-std=c++98" in case.options:  # nullptr came later
            warnings = [warning for warning in warnings if warning != "-Wzero-as-null-pointer-constant"]
        command = [compiler, "-fsyntax-only", "-x", "c" if is_c else "c++", *warnings, *case.options, str(case.source)]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        count += 1
        if result.returncode != 0:
            failures += 1
            print(f"{case.title} ({case.source.name} {case.options[0]}):\n{result.stdout}")
    print(f"{count} compiles, {failures} with warnings")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
