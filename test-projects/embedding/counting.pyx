# cython: language_level=3
cdef extern from "even_numbers.h":
    object even_numbers(Py_ssize_t count)

first_three = even_numbers(3)  # as early as can be


def even(Py_ssize_t count):
    """The first `count` even numbers, as an array."""
    return even_numbers(count)
