# cython: language_level=3
cimport cython
cimport numpy as np  # no-cython-lint: unused

cdef extern from "helpers.h":
    object helper_zeros(Py_ssize_t size)


@cython.ufunc
cdef double add_one(double x):
    """One more."""
    return x + 1.0


def zeros(Py_ssize_t size):
    """An array from the helper."""
    return helper_zeros(size)
