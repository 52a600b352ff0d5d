# cython: language_level=3
cimport cython

include "constants.pxi"

side = SIDE


@cython.ufunc
cdef long offset(long x):
    return x + SIDE
