# cython: language_level=3
"""Uses the API, then imports everything, the ufunc API first."""
cimport cython
cimport numpy as np

cdef np.npy_intp three = 3
made_before = np.PyArray_ZEROS(1, &three, np.NPY_DOUBLE, 0)


@cython.ufunc
cdef double plus_one(double x):
    return x + 1

applied_before = plus_one(made_before)

<void>np._import_array
np.import_umath()
np.import_ufunc()
np.import_array()
np._import_array()
np._import_umath()


def zeros(np.npy_intp size):
    """Imports once more at each call."""
    np.import_array()
    np.import_ufunc()
    return np.PyArray_ZEROS(1, &size, np.NPY_DOUBLE, 0)
