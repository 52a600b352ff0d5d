"""Calls the modules."""

import by_hand
import doubling
import numpy as np

np.testing.assert_array_equal(doubling.double_it([1.0, 2.0]), [2.0, 4.0])
np.testing.assert_array_equal(by_hand.zeros(3), np.zeros(3))
print("consumption: the wrap's dependency and program work")
