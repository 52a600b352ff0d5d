"""Calls the module that each of the projects builds."""

import doubling
import numpy as np

np.testing.assert_array_equal(doubling.double_it([1.0, 2.0]), [2.0, 4.0])
print("consumption: doubling works")
