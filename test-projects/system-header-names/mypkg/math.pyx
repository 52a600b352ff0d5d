# cython: language_level=3
from libc.math cimport sqrt

cdef extern from *:
    "double helper_root(double x);"
    double helper_root(double x)


cdef public double twice(double x):
    return 2 * x


def root_of_twice(double x):
    return sqrt(twice(x))


def root_by_helper(double x):
    return helper_root(x)
