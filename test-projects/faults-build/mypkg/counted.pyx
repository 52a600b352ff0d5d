# cython: language_level=3
"""Counts what it is given."""


def counted(values):
    cdef Py_ssize_t count = 0
    for _ in values:
        count += 1
    return count
