# cython: language_level=3
cimport cython
cimport cython.parallel
cimport numpy as np


@cython.ufunc
cdef double add_one(double x):
    return x + 1
