# SPDX-License-Identifier: BSD-3-Clause
"""What a build system needs to know of an interpreter, its Cython and its NumPy."""

import sys
import sysconfig
from typing import Dict

from cython_ufunc.cython.version import find_cython
from cython_ufunc.facts import requirements
from cython_ufunc.facts.header_lint import header_warning
from cython_ufunc.facts.target import numpy_package


def probe() -> Dict[str, str]:
    """Facts about this interpreter by name. Raises UserError when it has no Cython that can be used."""
    cython = find_cython()
    return {
        "PYTHON_VERSION": "{}.{}.{}".format(*sys.version_info[:3]),
        "EXTENSION_SUFFIX": str(sysconfig.get_config_var("EXT_SUFFIX")),
        "FREE_THREADED": "1" if requirements.is_free_threaded() else "0",
        "CYTHON_VERSION": cython.version,
        "CYTHON_PATH": str(cython.path),
    }


def probe_numpy(
    numpy: requirements.NumpyInfo, stable_abi: str, target_version: str, target_python: str = ""
) -> Dict[str, str]:
    """Facts about `numpy`, and the macros that modules are compiled with for what is asked of them.

    Raises UserError where that cannot be had.
    """
    package = numpy_package(numpy.include_dir)
    facts = {"NUMPY_VERSION": numpy.version, "NUMPY_INCLUDE_DIR": str(numpy.include_dir)}
    warning = header_warning([numpy.include_dir], numpy.version)
    if warning:
        facts["HEADER_WARNING"] = warning
    if package:
        facts["NUMPY_SITE"] = str(package.parent)
    if stable_abi:
        facts["LIMITED_API"] = requirements.limited_api(stable_abi, numpy, target_python)
    if target_version:
        facts["NUMPY_TARGET"] = requirements.numpy_target_macro(target_version, numpy)
    return facts
