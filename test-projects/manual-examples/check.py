"""Compares the ufuncs of examples.pyx with NumPy's own results."""

import examples
import numpy as np

x = np.linspace(-3.0, 3.0, 7)
y = np.arange(7.0)

assert isinstance(examples.scaled_sum, np.ufunc)
np.testing.assert_array_equal(examples.scaled_sum(x, y), 2 * x + y)
# What makes it a ufunc: broadcasting, `out`, `where`, reduction.
np.testing.assert_array_equal(examples.scaled_sum(x[:, None], y), np.add.outer(2 * x, y))
out = np.zeros(7)
examples.scaled_sum(x, y, out=out, where=y > 3)
np.testing.assert_array_equal(out, np.where(y > 3, 2 * x + y, 0))
assert examples.scaled_sum.reduce([1.0, 2.0, 3.0]) == 2 * (2 * 1 + 2) + 3

for dtype in (np.float32, np.float64):
    result = examples.clipped(x.astype(dtype), dtype(1.5))
    assert result.dtype == dtype, result.dtype
    np.testing.assert_array_equal(result, np.clip(x.astype(dtype), -1.5, 1.5))
assert examples.clipped.types == ["ff->f", "dd->d"], examples.clipped.types

length, product = examples.polar(x, y)
np.testing.assert_array_equal(length, np.hypot(x, y))
np.testing.assert_array_equal(product, x * y)

words = np.array(["a", "b"], dtype=object)
assert list(examples.joined(words, words[::-1])) == ["a-b", "b-a"]

print("manual-examples: four ufuncs agree with NumPy")
