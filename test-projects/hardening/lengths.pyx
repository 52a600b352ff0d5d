# cython: language_level=3
"""A function of a helper that hardening changes, and a ufunc."""

cimport cython
cimport numpy as np

np.import_array()


cdef extern from "helper.h":
    object length_of(const char *text)


@cython.ufunc
cdef double doubled(double x):
    return 2 * x


def length(bytes text):
    """The length of `text`, by a copy on the stack, as an array of one."""
    return length_of(text)
