# SPDX-License-Identifier: BSD-3-Clause
"""The Python types that Cython converts C types to, and those that both have by one name."""

import re
from typing import Optional

_INTEGERS = re.compile(
    r"(?:unsigned|signed|u)?_?(?:char|short|int|long|longlong)|s?size_t|Py_(?:ssize_t|hash_t)|ptrdiff_t"
    r"|u?int(?:8|16|32|64|max|ptr)_t|u?intp(?:_t)?|npy_u?int\w*|u(?:int|long|longlong)_t|integral|p_?int"
    r"|(?:int|long|longlong)_t"
)
_FLOATS = re.compile(r"(?:long)?double(?:_t)?|float(?:16|32|64|80|96|128)?(?:_t)?|npy_(?:float\w*|double)|floating")
_COMPLEX = re.compile(r"(?:double|float|longdouble)?complex(?:64|128|256)?(?:_t)?|npy_complex\w*|numeric")
_SAME = {
    "bool": "bool",
    "bint": "bool",
    "str": "str",
    "unicode": "str",
    "Py_UCS4": "str",
    "Py_UNICODE": "str",
    "basestring": "str",
    "bytes": "bytes",
    "bytearray": "bytearray",
    "list": "list[Any]",
    "tuple": "tuple[Any, ...]",
    "dict": "dict[Any, Any]",
    "set": "set[Any]",
    "frozenset": "frozenset[Any]",
    "slice": "slice",
    "type": "type",
    "void": "None",
}


def python_type(name: str) -> Optional[str]:
    """The Python type of a C type, or of one of Python's own, by its name; None where that does not tell."""
    if name in _SAME:
        return _SAME[name]
    for pattern, found in ((_INTEGERS, "int"), (_FLOATS, "float"), (_COMPLEX, "complex")):
        if pattern.fullmatch(name):
            return found
    return None
