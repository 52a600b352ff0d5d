# cython: language_level=3
cimport cython


@cython.ufunc
cdef double value(double x) noexcept nogil:
    return 3.0 * x
