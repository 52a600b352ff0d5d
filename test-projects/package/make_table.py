"""Writes a Cython source, or the .pxd that it cimports."""

import sys
from pathlib import Path

TEXTS = {
    "pyx": "from sizes cimport COUNT\ncimport numpy as np\n\n\n"
    "def squares():\n    cdef np.ndarray result = np.PyArray_Arange(0, COUNT, 1, np.NPY_DOUBLE)\n"
    "    return result ** 2\n",
    "pxd": "cdef enum:\n    COUNT = 5\n",
}

kind, path = sys.argv[1:]
Path(path).parent.mkdir(parents=True, exist_ok=True)
Path(path).write_text(TEXTS[kind])
