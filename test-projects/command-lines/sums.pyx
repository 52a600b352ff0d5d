# cython: language_level=3
cimport numpy as np


def is_array(value):
    """True for an array of NumPy's."""
    return np.PyArray_Check(value)
