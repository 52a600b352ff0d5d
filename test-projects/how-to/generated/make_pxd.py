"""Writes a .pxd file, as a code generator would."""

import sys
from pathlib import Path

Path(sys.argv[1]).write_text("cdef enum:\n    RECORD_SIZE = 24\n")
