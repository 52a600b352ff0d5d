# cython: language_level=3
cimport cython
from cython.parallel cimport prange

cdef extern from "helpers.h":
    object even_numbers(Py_ssize_t count)


@cython.ufunc
cdef double add_one(double x) noexcept nogil:
    """One more."""
    return x + 1.0


def even(Py_ssize_t count):
    """The first `count` even numbers, from the helper."""
    return even_numbers(count)


def sum_of_squares(const double[::1] values):
    """The sum of the squares, by all processors."""
    cdef Py_ssize_t i
    cdef double result = 0.0
    for i in prange(values.shape[0], nogil=True):
        result += values[i] * values[i]
    return result
