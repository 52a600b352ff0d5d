# cython: language_level=3
"""A module whose C++ helper makes arrays. The helper has a table of its own, which this import does not fill."""

cimport numpy as np

np.import_array()


cdef extern from "make_array.h":
    object make_array(Py_ssize_t length)


def zeros(Py_ssize_t length):
    """`length` zeros, in an array that the helper made."""
    array = make_array(length)
    array[...] = 0.0
    return array
