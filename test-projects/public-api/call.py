"""Calls the modules."""

import os
import sys
import types

import boxes
import by_hand
import counter
import numpy as np

sys.modules["geometry"] = types.ModuleType("geometry")
sys.modules["geometry"].__path__ = [os.path.join(os.path.dirname(boxes.__file__), "geometry")]
import user  # noqa: E402

np.testing.assert_array_equal(boxes.helper_corners(), [[0, 0], [2, 9]])
assert user.area(2.0, 3.5) == by_hand.area(2.0, 3.5) == 7.0
np.testing.assert_array_equal(user.corners(2.0, 3.0), [[0, 0], [2, 3]])
np.testing.assert_array_equal(user.volumes([1.0, 2.0]), [1.0, 8.0])
c = counter.Counter()
c.count = 7
assert c.count == 7
print("public-api: the functions of two modules are called through their headers")
