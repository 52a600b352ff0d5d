# cython: language_level=3
"""A ufunc and a function that use a helper. Each module of this project is made of this, with another factor."""

cimport cython
cimport numpy as np

np.import_array()


cdef extern from "helper.h":
    double scale_factor() nogil
    object new_array(Py_ssize_t length)


@cython.ufunc
cdef double scaled(double x):
    return x * scale_factor()


def factors(Py_ssize_t length):
    """`length` times the factor, in an array that the helper made."""
    array = new_array(length)
    array[...] = scale_factor()
    return array
