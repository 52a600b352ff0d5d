# cython: language_level=3
"""A module whose C++ helper makes a ufunc."""

cimport numpy as np

np.import_array()
np.import_ufunc()


cdef extern from "make_ufunc.h":
    object make_ufunc()


def make_halve():
    """A ufunc that halves, from the helper."""
    return make_ufunc()
