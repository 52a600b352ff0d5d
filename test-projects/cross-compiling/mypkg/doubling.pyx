# cython: language_level=3
"""A module for another machine than the one that builds it."""

cimport cython


cdef extern from "zeros.h":
    object make_zeros(Py_ssize_t length)


@cython.ufunc
cdef double double_it(double x):
    return 2 * x


def zeros(Py_ssize_t length):
    """`length` zeros, in an array that the helper made."""
    return make_zeros(length)
