# cython: language_level=3
"""Imports everything, before the first use of the API."""
cimport cython
cimport numpy as np

np.import_array()
np.import_ufunc()
np.import_umath()
<void>np._import_array


@cython.ufunc
cdef double plus_one(double x):
    return x + 1


def zeros(np.npy_intp size):
    return np.PyArray_ZEROS(1, &size, np.NPY_DOUBLE, 0)
