"""Calls what helpers in several languages were built into.

Usage: check.py <build directory> [<module that has to be there> ...]
"""

import importlib
import sys

import numpy as np
import old_target
import own_numpy_pxd
import standards

assert standards.ansi(1.5, 2) == 3.5
assert standards.archive() == 10
returned, zeros = standards.swig(3)
assert returned == 4
np.testing.assert_array_equal(zeros, np.zeros(3))
assert old_target.total(np.array([2.0, 4.0])) == 6
assert own_numpy_pxd.imports() == 1, own_numpy_pxd.imports()
modules = sys.argv[2:]
for name, function, expected in (("objective", "ones", np.ones(3)), ("device", "zeros", np.zeros(3))):
    if name in modules:
        np.testing.assert_array_equal(getattr(importlib.import_module(name), function)(3), expected)
print("helper-languages: C89, C++98 and", ", ".join(modules) or "no other language", "work")
