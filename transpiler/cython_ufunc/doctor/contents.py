# SPDX-License-Identifier: BSD-3-Clause
"""What the strings and symbols in an extension module tell of NumPy, Cython and cython-ufunc."""

import re
from typing import NamedTuple, Optional

from cython_ufunc.doctor.binary import Binary

# Written by runtime/include/cython_ufunc/body_end.h and runtime/src/import_error.cpp.
_OWN_NEEDS = re.compile(rb"cython-ufunc: needs NumPy ABI 0x(\w+), C API 0x(\w+), release ([\d.]+)\0")
_OWN_NUMPY = re.compile(rb"cannot use NumPy's C API: it was built with NumPy ([^ %\0]+) and needs NumPy %s or newer")
# What Cython has a ufunc's inner loop put into tracebacks, and calls its C function.
_UFUNC_LOOP = re.compile(rb"UFuncDefinition\.\w+\0")
_UFUNC_SYMBOL = re.compile(r"_?\w+_ufunc_def(\.\w+)*")
# The module that Cython's tracebacks ask for the setting `cline_in_traceback`.
_CYTHON_RUNTIME = b"cython_runtime\0"
# The module of types that all modules of one Cython share; the suffix of some of Cython's functions.
_CYTHON_TYPES = re.compile(rb"\0_cython_(?:limited_)?(\d+)_(\d+)_(\d+\w*)[.\0]")
_CYTHON_SYMBOL = re.compile(r"_?__Pyx_(?:ImportType|ImportFunction|ImportVoidPtr)_(\d+)_(\d+)_(\d+\w*?)(?:\.\w+)*")
# What NumPy's headers, since 1.25, have their import say when the NumPy it finds is too old.
_NUMPY_OLDEST = re.compile(rb"module was compiled against NumPy C-API version 0x%x \(NumPy ([\d.]+)\)")
_NUMPY_1 = b"numpy.core._multiarray_umath\0"
_NUMPY_2 = b"numpy._core._multiarray_umath\0"
# The attributes that the two imports read.
_ARRAY_API = b"_ARRAY_API\0"
_UFUNC_API = b"_UFUNC_API\0"


class Contents(NamedTuple):
    """What was found; None and False are for `not seen`."""

    made_with_cython_ufunc: bool  # False, too, for a module without NumPy, which has no shim
    made_with_cython: bool
    cython: Optional[str]  # its version
    has_ufuncs: bool  # made by @cython.ufunc
    imports_array_api: bool  # some part of it does
    imports_ufunc_api: bool
    numpy_abi: Optional[int]  # 1 or 2, the major release of NumPy whose headers it was built with
    numpy_built_with: Optional[str]
    numpy_oldest: Optional[str]


def read_contents(binary: Binary) -> Contents:
    """Looks through `binary` without running any of it."""
    image = binary.image
    needs = _OWN_NEEDS.search(image)
    built_with = _OWN_NUMPY.search(image)
    oldest = needs[3] if needs else _first(_NUMPY_OLDEST, image)
    return Contents(
        made_with_cython_ufunc=bool(needs),
        made_with_cython=_CYTHON_RUNTIME in image,
        cython=_cython(binary),
        has_ufuncs=bool(_UFUNC_LOOP.search(image)) or any(map(_UFUNC_SYMBOL.fullmatch, binary.symbols)),
        imports_array_api=_ARRAY_API in image,
        imports_ufunc_api=_UFUNC_API in image,
        numpy_abi=int(needs[1], 16) >> 24 if needs else _numpy_abi(image),
        numpy_built_with=built_with[1].decode() if built_with else None,
        numpy_oldest=oldest.decode() if oldest else None,
    )


def loses_ufunc_import(cython: Optional[str]) -> Optional[bool]:
    """Whether that Cython has the defect cython/cython#6064; None where the version is not known."""
    if cython is None:
        return None
    numbers = tuple(int(number) for number in re.findall(r"\d+", cython)[:3])
    return (3, 0, 0) <= numbers < (3, 0, 10)


def _first(pattern: "re.Pattern[bytes]", image: bytes) -> Optional[bytes]:
    match = pattern.search(image)
    return match[1] if match else None


def _cython(binary: Binary) -> Optional[str]:
    in_strings = _CYTHON_TYPES.search(binary.image)
    if in_strings:
        return b".".join(in_strings.groups()).decode()
    for symbol in binary.symbols:
        match = _CYTHON_SYMBOL.fullmatch(symbol)
        if match:
            return ".".join(match.groups())
    return None


def _numpy_abi(image: bytes) -> Optional[int]:
    """By the names of the module that is imported: headers of NumPy 2 know both, those of NumPy 1 know one."""
    if _ARRAY_API not in image and _UFUNC_API not in image:
        return None
    if _NUMPY_2 in image:
        return 2
    return 1 if _NUMPY_1 in image else None
