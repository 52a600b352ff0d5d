"""Calls the module on the machine that it was built for, which has neither CMake nor Meson: see ci/windows.

Usage: check_target.py <build directory>
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(sys.argv[1]) / "src"))  # Meson's
from mypkg import fastmath

assert isinstance(fastmath.add_one, np.ufunc)
np.testing.assert_array_equal(fastmath.add_one(np.arange(3.0)), [1.0, 2.0, 3.0])
np.testing.assert_array_equal(fastmath.even(4), [0, 2, 4, 6])
print("getting-started: the module was called on the machine that it is for")
