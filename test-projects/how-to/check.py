"""Calls every module that the how-to pages build."""

import measuring
import measuring_too
import numpy as np
import reader
import shapes
import shapes.base
import shapes.square
import tripling

assert measuring.measure([3, 1, 2]) == (2.0, 1, 3)
assert measuring_too.measure([3, 1, 2]) == (2.0, 1, 3)

assert shapes.KINDS == ["square"]
assert shapes.__file__ is not None
square = shapes.square.Square(3)
assert isinstance(square, shapes.base.Shape)
assert square.area() == 9.0
np.testing.assert_array_equal(shapes.square.area_of_square([1.0, 2.0]), [1.0, 4.0])

assert reader.record_count(72) == 3
np.testing.assert_array_equal(tripling.triple([1.0, 2.0]), [3.0, 6.0])

print("how-to: every module computes what its page says")
