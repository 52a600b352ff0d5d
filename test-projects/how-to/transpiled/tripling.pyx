# cython: language_level=3
cimport cython


@cython.ufunc
cdef double triple(double x) noexcept nogil:
    return 3 * x
