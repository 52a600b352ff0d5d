"""Calls the package. Usage: call.py <folder of the package> [<limit> [<name>]]."""

import os
import sys

sys.path[0] = os.path.abspath(sys.argv[1])  # instead of this folder, which has the package's sources
import mypkg.fastmath  # noqa: E402
import mypkg.shapes  # noqa: E402

limit = int(sys.argv[2]) if len(sys.argv) > 2 else 3
name = sys.argv[3] if len(sys.argv) > 3 else "first name"
assert mypkg.fastmath.__file__.startswith(sys.path[0]), mypkg.fastmath.__file__
assert list(mypkg.fastmath.in_feet([1.0, 2.0])) == [3.0, 6.0]
assert list(mypkg.fastmath.zeros()) == [0.0] * limit
assert mypkg.fastmath.remainder(-7, 3) == -1
assert mypkg.fastmath.name == name
assert list(mypkg.shapes.area([1.0, 2.0], 3.0)) == [3.0, 6.0]
assert mypkg.shapes.__name__ == "mypkg.shapes"
print("called")
