"""Writes a module, and the .pxi that it includes. Usage: make_table.py <module> <folder of the .pxi>."""

import sys
from pathlib import Path

module, folder = map(Path, sys.argv[1:])
module.write_text(
    "# cython: language_level=3\n"
    "cimport numpy as np\n"
    'include "rows.pxi"\n'
    "def table():\n"
    "    cdef np.npy_intp shape = 3\n"
    "    result = np.PyArray_ZEROS(1, &shape, np.NPY_INTP, 0)\n"
    "    result += rows()\n"
    "    return result\n"
)
folder.mkdir(exist_ok=True)
(folder / "rows.pxi").write_text(
    "def rows(fail=False):\n    if fail:\n        raise ValueError('rows')\n    return 7\n"
)
