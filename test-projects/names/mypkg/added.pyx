# cython: language_level=3
cimport cython


@cython.ufunc
cdef long plus_one(long x):
    return x + 1
