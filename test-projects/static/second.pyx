# cython: language_level=3
cimport cython


@cython.ufunc
cdef double squared(double x):
    return x * x
