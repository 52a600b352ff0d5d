# cython: language_level=3
cimport cython
cimport numpy as np


@cython.ufunc
cdef double double_it(double x) noexcept nogil:
    return 2 * x


def zeros(np.npy_intp length):
    return np.PyArray_ZEROS(1, &length, np.NPY_DOUBLE, 0)
