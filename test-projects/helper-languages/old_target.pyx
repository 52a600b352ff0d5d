# cython: language_level=3
cimport numpy as np

cdef extern from *:
    "double ansi_sum(const double *values, int count);"
    double ansi_sum(const double *values, int count)


def total(np.ndarray array):
    cdef double* values = <double*>np.PyArray_DATA(array)
    return ansi_sum(values, <int>np.PyArray_SIZE(array))
