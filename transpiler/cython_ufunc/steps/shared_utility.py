# SPDX-License-Identifier: BSD-3-Clause
"""The shared utility module: Cython's own code (memoryviews and more), compiled once for all modules of a package.

Where Cython has none (before 3.2) the module is an empty one, so that builds and packages are the same with each.
"""

import re
from pathlib import Path
from typing import Optional

from cython_ufunc import files, names
from cython_ufunc.cython.translate import Translation, translate_shared_utility
from cython_ufunc.cython.version import find_cython, has_shared_utility
from cython_ufunc.outputs import body
from cython_ufunc.outputs.shim import fill_template
from cython_ufunc.reuse import fingerprint
from cython_ufunc.reuse.lookups import Lookups
from cython_ufunc.step import Step
from cython_ufunc.steps.made import Made
from cython_ufunc.steps.scratch import scratch_folder


def make(step: Step) -> Optional[Made]:
    """Makes the output of `step`, C that is valid C++ too. Returns None for errors that Cython found and printed."""
    names.check_module_name(step.module_name)
    cython = find_cython()
    step.begin()
    text = _translate(step) if has_shared_utility() else _empty_module(step.module_name)
    if text is None:
        return None
    if step.limited_api is not None:
        text = body.require_limited_api(text, step.limited_api)
    dependencies = fingerprint.program_files(step.command, False, str(cython.path))
    return Made([(step.output, text)], dependencies, Translation({}, Lookups()))


def _translate(step: Step) -> Optional[bytes]:
    stem = step.module_name.rpartition(".")[2]
    with scratch_folder(Path(step.output)) as scratch:
        output = scratch / f"{stem}.c"
        if not translate_shared_utility(step.module_name, output):
            return None
        text = files.read_generated(output)
    # The source that tracebacks would name does not exist; some releases put it into a temporary folder.
    source = step.module_name.replace(".", "/").encode("utf-8") + b".pyx"
    return re.sub(rb'"(?:[^"\n]*/)?' + re.escape(stem.encode("utf-8")) + rb'\.pyx"', b'"' + source + b'"', text)


def _empty_module(module_name: str) -> bytes:
    values = {"NAME_IN_STRING": names.c_string(module_name), "PYINIT": names.pyinit_name(module_name)}
    return fill_template(Path(fingerprint.EMPTY_MODULE_TEMPLATE), values)
