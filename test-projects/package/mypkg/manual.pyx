# cython: language_level=3
cimport cython


@cython.ufunc
cdef (double, double) minmax(double x, double y):
    return (x, y) if x < y else (y, x)
