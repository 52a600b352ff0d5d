"""Calls the modules."""

import numpy as np
from mypkg import stats
from other import stats as other_stats

np.testing.assert_array_equal(stats.scaled(np.arange(3.0)), [0, 2, 4])
np.testing.assert_array_equal(other_stats.scaled(np.arange(3.0)), [0, 4, 8])
print("import-libraries: modules and a library of one name work")
