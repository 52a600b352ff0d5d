# cython: language_level=3
cimport cython
cimport numpy as np


@cython.ufunc
cdef double add_one(double x) noexcept nogil:
    return x + 1


def total(values):
    """The sum of what `values` has, as an array or as a list."""
    cdef double[:] view
    cdef double result = 0
    cdef Py_ssize_t i
    if len(values) == 0:
        return 0
    view = values
    for i in range(view.shape[0]):
        result += view[i]
    return result


def total_of_buffer(np.ndarray[double, ndim=1] values not None):
    cdef double result = 0
    cdef Py_ssize_t i
    for i in range(values.shape[0]):
        result += values[i]
    return result


def half(double[:] values):
    """Every second of `values`, as a memoryview that another module can take."""
    return values[::2]
