"""Looks at what the transpile steps made.

Usage: check.py <build directory>
"""

import sys
from pathlib import Path

made = Path(sys.argv[1]) / "made"
names = sorted(path.name for path in made.glob("[!.]*.[ch]*"))
assert {"counted.cpp", "counted.h", "counted_init.cpp", "scaled.c", "scaled_init.cpp"} <= set(names), names
assert not any(b"\r" in (made / name).read_bytes() for name in names), "a line does not end in a line feed alone"
print("building-on-windows: the sources were made")
