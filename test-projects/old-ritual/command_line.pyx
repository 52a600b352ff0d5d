# cython: language_level=3
cimport cython
cimport numpy as np

np.import_array()
np.import_umath()

cdef extern from *:
    "PyObject *reversed_copy(PyObject *array);"
    object reversed_copy(object array)


@cython.ufunc
cdef double squared(double x):
    return x * x


def squared_reversed(array):
    return squared(reversed_copy(array))
