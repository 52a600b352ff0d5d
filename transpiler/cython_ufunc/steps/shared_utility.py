# SPDX-License-Identifier: BSD-3-Clause
"""The shared utility module: Cython's own code (memoryviews and more), compiled once for all modules of a package.

Where Cython has none (before 3.2) the module is an empty one, so that builds and packages are the same with each.
"""

import re
from pathlib import Path
from typing import NamedTuple, Optional

from cython_ufunc import files, names
from cython_ufunc.cython.translate import Translation, translate_shared_utility
from cython_ufunc.cython.version import find_cython, has_shared_utility
from cython_ufunc.outputs import body
from cython_ufunc.outputs.shim import fill_template
from cython_ufunc.reuse import fingerprint
from cython_ufunc.reuse.fingerprint import EMPTY_MODULE_TEMPLATE
from cython_ufunc.reuse.lookups import Lookups
from cython_ufunc.steps.here import Made
from cython_ufunc.steps.scratch import scratch_folder


class SharedUtilityRequest(NamedTuple):
    """All that the step is told. Paths are absolute."""

    module_name: str
    body: Path  # C, valid C++ too
    depfile: Optional[Path]
    depfile_root: Optional[Path]  # as in TranspileRequest
    stamp: Optional[Path]  # likewise
    limited_api: Optional[bool]  # likewise


def make_shared_utility(request: SharedUtilityRequest) -> Optional[Made]:
    """Makes the outputs of `request`. Returns None when Cython found errors, which it has printed."""
    names.check_module_name(request.module_name)
    cython = find_cython()
    if request.stamp:
        files.remove_if_there(request.stamp)
    if has_shared_utility():
        text = _translate(request)
    else:
        request.body.parent.mkdir(parents=True, exist_ok=True)
        text = _empty_module(request.module_name)
    if text is None:
        return None
    if request.limited_api is not None:
        text = body.require_limited_api(text, request.limited_api)
    files.write_if_changed(request.body, text)
    dependencies = fingerprint.program_files(str(cython.path), EMPTY_MODULE_TEMPLATE)
    files.finish_step(request.body, request.depfile, request.stamp, dependencies, request.depfile_root)
    return Made([(request.body, text)], Translation({}, Lookups()))


def _translate(request: SharedUtilityRequest) -> Optional[bytes]:
    stem = request.module_name.rpartition(".")[2]
    with scratch_folder(request.body) as scratch:
        output = scratch / f"{stem}.c"
        if not translate_shared_utility(request.module_name, output):
            return None
        text = files.read_generated(output)
    # The source that tracebacks would name does not exist; some releases put it into a temporary folder.
    source = request.module_name.replace(".", "/").encode("utf-8") + b".pyx"
    return re.sub(rb'"(?:[^"\n]*/)?' + re.escape(stem.encode("utf-8")) + rb'\.pyx"', b'"' + source + b'"', text)


def _empty_module(module_name: str) -> bytes:
    values = {"NAME_IN_STRING": names.c_string(module_name), "PYINIT": names.pyinit_name(module_name)}
    return fill_template(Path(EMPTY_MODULE_TEMPLATE), values)
