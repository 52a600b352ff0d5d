# cython: language_level=3
cimport cython

cdef extern from *:
    "PyObject *kernels_sum(PyObject *array);"
    object kernels_sum(object array)


@cython.ufunc
cdef float third(float x):
    return x / 3


def sum_of_thirds(array):
    return kernels_sum(third(array))
