# cython: language_level=3
cimport cython
cimport numpy as np  # no-cython-lint: unused


@cython.ufunc
cdef double double_it(double x) noexcept nogil:
    return 2 * x
