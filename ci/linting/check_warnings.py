# SPDX-License-Identifier: BSD-3-Clause
"""Compiles the runtime, an init shim and the headers that users' sources see, with every warning an error.

Usage: check_warnings.py <scratch folder> --c-compiler <path> --cxx-compiler <path>
"""

import argparse
import itertools
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
HEADERS_ALONE = """
#include "cython_ufunc/numpy_tables.h"
int empty(void);
int empty(void) { return cython_ufunc_import_array(); }
"""


class Case(NamedTuple):
    """One compile."""

    title: str
    source: Path
    options: List[str]


def standards(language: str) -> List[str]:
    """The language standards that headers have to be valid in."""
    return ["c99", "c11", "c17"] if language == "c" else ["c++11", "c++14", "c++17", "c++20"]


def make_cases(scratch: Path) -> Iterator[Case]:
    """Writes the sources into `scratch`; yields what to compile of them."""
    python = ["-isystem", sysconfig.get_paths()["include"]]
    headers = ["-isystem", numpy.get_include(), *python]
    include = [f"-I{RUNTIME / 'include'}"]
    user_options = [*include, "-include", "cython_ufunc/numpy_tables.h", f"-I{RUNTIME / 'numpy_headers'}", *headers]

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
        helper, body, alone = (scratch / f"{name}.{suffix}" for name in ("helper", "body", "headers_alone"))
        # NULL is not what -Wzero-as-null-pointer-constant wants of C++.
        helper.write_text(HELPER if language == "c" else f'extern "C" {{{HELPER}}}'.replace("NULL", "nullptr"))
        body.write_text(BODY)
        alone.write_text(HEADERS_ALONE)
        for standard in standards(language):
            option = f"-std={standard}"
            yield Case("headers alone", alone, [option, *include])
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
    cxx_warnings = [*CXX_WARNINGS, *([] if "clang" in version else GCC_CXX_WARNINGS)]
    failures = count = 0
    for case in make_cases(options.scratch):
        is_c = case.source.suffix == ".c"
        compiler = options.c_compiler if is_c else options.cxx_compiler
        warnings = C_WARNINGS if is_c else cxx_warnings
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
