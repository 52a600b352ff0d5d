# SPDX-License-Identifier: BSD-3-Clause
"""The init shim, made from its template."""

import re
from pathlib import Path
from typing import Dict

from cython_ufunc.names import c_string, c_symbol, imported_name, in_comment, pyinit_name
from cython_ufunc.outputs import runtime_headers
from cython_ufunc.outputs.body import body_symbol


def fill_template(template: Path, values: Dict[str, str]) -> bytes:
    """The content of the file `template`, with each @NAME@ in it replaced by the value of that name."""
    text = template.read_text(encoding="utf-8")
    return re.sub(r"@([A-Z_]+)@", lambda match: values[match.group(1)], text).encode("utf-8")


def make_shim(template: Path, module_name: str) -> bytes:
    """The shim's C++ source for the module `module_name`, from the file `template`."""
    name = imported_name(module_name)
    values = {
        "NAME_IN_COMMENT": in_comment(name),
        "NAME_IN_STRING": c_string(name),
        "BODY_SYMBOL": body_symbol(module_name),
        "SHIM_SYMBOL": c_symbol("shim", module_name),
        "PYINIT": pyinit_name(module_name),
        "RUNTIME": runtime_headers.require("cython_ufunc/module.h"),
    }
    return fill_template(template, values)
