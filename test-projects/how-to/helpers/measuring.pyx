# cython: language_level=3
cdef extern from "measuring.h":
    double mean(object array) except? -1.0
    object extent(object array)


def measure(array):
    """The mean, the least and the greatest of the array's numbers."""
    return mean(array), *extent(array)
