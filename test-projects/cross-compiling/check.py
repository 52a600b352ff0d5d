"""Calls the module on the machine it was built for, and asserts that its name is what that machine imports.

Usage: check.py <build directory>
"""

import sysconfig

import mypkg.doubling
import numpy as np

np.testing.assert_array_equal(mypkg.doubling.double_it([1.0, 2.0]), [2.0, 4.0])
np.testing.assert_array_equal(mypkg.doubling.zeros(3), np.zeros(3))
suffix = sysconfig.get_config_var("EXT_SUFFIX")
assert mypkg.doubling.__file__.endswith("doubling" + suffix), f"{mypkg.doubling.__file__} does not end in {suffix}"
print("cross-compiling: the module works where it was built for")
