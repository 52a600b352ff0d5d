# cython: language_level=3
cdef extern from "helpers.h":
    object first_array()
    object second_array()


def lengths():
    """The lengths of the helpers' arrays."""
    return len(first_array()), len(second_array())
