# cython: language_level=3
cimport cython
from values cimport two

include "three.pxi"

cdef extern from "helper.h":
    object helper_zeros(Py_ssize_t size)


@cython.ufunc
cdef double scaled(double x):
    return two() * x + THREE


def zeros(size):
    return helper_zeros(size)
