# SPDX-License-Identifier: BSD-3-Clause
"""The libraries that come with the extra `audit`: LIEF reads the files, Capstone the instructions, NumPy scans them."""

import importlib.util
from typing import List

from cython_ufunc.errors import UserError

_LIBRARIES = ("lief", "capstone", "numpy")
INSTALL = "pip install 'cython-ufunc[audit]'"


def missing_libraries() -> List[str]:
    """Those that are not installed."""
    return [name for name in _LIBRARIES if importlib.util.find_spec(name) is None]


def require_extra() -> None:
    """Raises UserError where one is missing."""
    missing = missing_libraries()
    if missing:
        raise UserError(f"the audit needs {' and '.join(missing)}, which this Python does not have: {INSTALL}")
