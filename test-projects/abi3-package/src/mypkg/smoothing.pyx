# cython: language_level=3
cimport cython

cdef extern from "padded.h":
    object padded_array(object array)


@cython.ufunc
cdef double halved(double x) noexcept nogil:
    """Half of it."""
    return x / 2


def smoothed(array):
    """The mean of each value and its neighbours, with 0.0 beyond the ends."""
    cdef Py_ssize_t i
    cdef double[::1] padded = padded_array(array)
    result = array.copy()
    cdef double[::1] out = result
    for i in range(out.shape[0]):
        out[i] = (padded[i] + padded[i + 1] + padded[i + 2]) / 3
    return result
