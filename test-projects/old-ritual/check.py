"""Calls what helpers with the old ritual were built into."""

import command_line
import late
import numpy as np
import shared_header
import two_files
import ufunc_tables
import verbatim
import whole_target

x = np.arange(6.0).reshape(2, 3)

assert two_files.size(two_files.zeros(5)) == 5
np.testing.assert_array_equal(two_files.zeros(5), np.zeros(5))
assert two_files.size([]) == -1

before, after = shared_header.filled(4, 2.5)
np.testing.assert_array_equal(before, np.arange(4.0))
np.testing.assert_array_equal(after, np.full(4, 2.5))

np.testing.assert_array_equal(verbatim.half_transposed(x), x.T / 2)
np.testing.assert_array_equal(command_line.squared_reversed(x), x[::-1] ** 2)

assert isinstance(ufunc_tables.triple, np.ufunc)
np.testing.assert_array_equal(ufunc_tables.triple(x), 3 * x)
np.testing.assert_array_equal(whole_target.flat_negated(x), -x.ravel())
np.testing.assert_array_equal(late.zeros(3), np.zeros(3))

print("old-ritual: seven modules work with their helpers unedited")
