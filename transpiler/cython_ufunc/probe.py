# SPDX-License-Identifier: BSD-3-Clause
"""What a build system needs to know of an interpreter, its Cython and its NumPy."""

import sys
import sysconfig
from typing import Dict

from cython_ufunc import cython_compiler


def probe() -> Dict[str, str]:
    """Facts about this interpreter by name. Raises UserError when it has no Cython that can be used."""
    cython = cython_compiler.find_cython()
    return {
        "PYTHON_VERSION": "{}.{}.{}".format(*sys.version_info[:3]),
        "EXTENSION_SUFFIX": str(sysconfig.get_config_var("EXT_SUFFIX")),
        "FREE_THREADED": "1" if sysconfig.get_config_var("Py_GIL_DISABLED") else "0",
        "CYTHON_VERSION": cython.version,
        "CYTHON_PATH": str(cython.path),
    }
