# cython: language_level=3
cimport cython
cimport numpy as np  # no-cython-lint: unused
from limits cimport LIMIT
from mypkg.units cimport feet

include "names.pxi"

cdef extern from "fastmath_helper.h":
    object helper_zeros(Py_ssize_t size)


@cython.ufunc
cdef double in_feet(double metres) noexcept nogil:
    """Metres in feet."""
    return feet(metres)


def zeros():
    """An array of LIMIT zeros."""
    return helper_zeros(LIMIT)


def remainder(int x, int y):
    """As C has it, by the directive cdivision."""
    return x % y


name = NAME
