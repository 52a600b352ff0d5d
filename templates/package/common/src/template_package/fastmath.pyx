# cython: language_level=3
cimport cython

cdef extern from "helpers.h":
    object make_even_numbers(Py_ssize_t count)


@cython.ufunc
cdef double add_one(double x) noexcept nogil:
    """One more than x, for each element."""
    return x + 1.0


def even_numbers(Py_ssize_t count):
    """The first even numbers, as an array made in C++."""
    return make_even_numbers(count)
