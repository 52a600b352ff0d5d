# cython: language_level=3
from mypkg cimport base, common  # no-cython-lint: unused


cdef extern from "first_helper.h":
    double helped(double x) noexcept nogil


def value():
    """The value of base.pxd, helped along."""
    return helped(base.base_value())
