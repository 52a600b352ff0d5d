"""Writes limits.pxd. Usage: make_limits.py <limit> <file>."""

import sys
from pathlib import Path

Path(sys.argv[2]).write_text(f"cdef enum:\n    LIMIT = {sys.argv[1]}\n")
