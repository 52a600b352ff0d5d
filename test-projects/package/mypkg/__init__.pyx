# cython: language_level=3
"""A package whose own module is compiled."""
cimport cython

__version__ = "1.0"


@cython.ufunc
cdef double doubled(double x):
    return 2 * x


cdef double scale(double x) noexcept:
    return 10 * x
