# cython: language_level=3
# distutils: language = c++
cimport cython

cdef extern from "helpers.h":
    object even_numbers(Py_ssize_t count)


@cython.ufunc
cdef double add_one(double x) noexcept nogil:
    return x + 1


def even(Py_ssize_t count):
    """The first `count` even numbers, as an array."""
    return even_numbers(count)
