# SPDX-License-Identifier: BSD-3-Clause
"""What is added to Cython's output to make it a body, and what is read back from it."""

import re

from cython_ufunc.errors import UserError
from cython_ufunc.names import c_symbol, pyinit_name
from cython_ufunc.outputs import runtime_headers

_INCLUDES_NUMPY = re.compile(rb'^[ \t]*#[ \t]*include[ \t]*[<"]numpy/', re.MULTILINE)


def body_symbol(module_name: str) -> str:
    """The C name of the record that the body exports for the shim."""
    return c_symbol("body", module_name)


def make_body(text: bytes, module_name: str) -> bytes:
    """Cython's C or C++ `text` with the shim's declarations around it. Line 1, Cython's banner, stays first."""
    init = c_symbol("init", module_name)
    banner, newline, rest = text.partition(b"\n")
    begin = [
        b"#define CYTHON_UFUNC_BODY " + body_symbol(module_name).encode(),
        b"#define CYTHON_UFUNC_BODY_INIT " + init.encode(),
        b"#define " + pyinit_name(module_name).encode() + b" CYTHON_UFUNC_BODY_INIT",
        runtime_headers.require("cython_ufunc/body_begin.h").encode(),
    ]
    return banner + newline + b"\n".join(begin) + rest + b'#include "cython_ufunc/body_end.h"\n'


def require_limited_api(text: bytes, limited: bool) -> bytes:
    """Cython's `text` with a check that it is compiled for the stable ABI (`limited`), or that it is not.

    Modules and the shared utility module they use hand over objects whose layout depends on that.
    """
    if limited:
        condition, problem = b"ifndef", b"the shared utility module is for the stable ABI, so that this has to be, too"
    else:
        condition, problem = b"ifdef", b"this is for the stable ABI, but the shared utility module is not"
    banner, newline, rest = text.partition(b"\n")
    return banner + newline + b"#" + condition + b' Py_LIMITED_API\n#error "' + problem + b'"\n#endif\n' + rest


def check_has_no_numpy(text: bytes, module_name: str) -> None:
    """Raises UserError when the translated module, said to have no NumPy in it, includes NumPy's headers."""
    if _INCLUDES_NUMPY.search(text):
        raise UserError(
            f"{module_name} was said to have no NumPy in it (NO_NUMPY), but it includes NumPy's headers: it cimports "
            "numpy or has a ufunc. Remove NO_NUMPY."
        )
