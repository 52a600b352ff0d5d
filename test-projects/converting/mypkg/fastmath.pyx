cimport cython
cimport numpy as np

np.import_array()


cdef extern from "helpers.h":
    object scaled_range(Py_ssize_t count, double factor)


@cython.ufunc
cdef double add_one(double x):
    return x + 1


def scaled(count, factor):
    """The multiples of `factor` from 0 on, as many as `count`."""
    return scaled_range(count, factor)


def last(const double[:] values):
    """The last one of `values`, by an index that Cython's directives are about."""
    return values[values.shape[0] - 1]
