# cython: language_level=3
cimport cython
from mypkg.base cimport scaled

include "window.pxi"


@cython.ufunc
cdef double amplified(double x) noexcept nogil:
    return scaled(x)


def total(double[:] values):
    """The sum of the values, amplified."""
    cdef Py_ssize_t i
    cdef double result = 0.0
    if values.shape[0] == 0:
        raise ValueError("nothing to add")
    for i in range(values.shape[0]):
        result += scaled(values[i])  # one after another
    return result
