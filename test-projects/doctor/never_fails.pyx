# cython: language_level=3
"""A ufunc whose loop cannot fail: nothing in the built module says that there is one."""

cimport cython
cimport numpy as np  # no-cython-lint: unused, but without it there is no crash


@cython.ufunc
cdef double add_one(double x) noexcept nogil:
    return x + 1
