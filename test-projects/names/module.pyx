# cython: language_level=3
cimport numpy as np


def size(np.ndarray array):
    return np.PyArray_SIZE(array)
