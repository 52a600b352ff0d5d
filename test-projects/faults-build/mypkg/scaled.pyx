# cython: language_level=3
cimport cython
cimport numpy as np

include "factor.pxi"

cdef extern from *:
    """
    #ifdef __cplusplus
    extern "C"
    #endif
    PyObject *zeros(Py_ssize_t length);
    """
    object zeros(Py_ssize_t length)


@cython.ufunc
cdef double scaled(double x) noexcept nogil:
    return FACTOR * x


def scaled_zeros(Py_ssize_t length):
    return scaled(np.PyArray_Copy(zeros(length)) + 1)
