# cython: language_level=3
from libc.errno cimport EDOM

cdef extern from "errno.h":
    int CLOCK_STOPPED


def stopped():
    return CLOCK_STOPPED, EDOM
