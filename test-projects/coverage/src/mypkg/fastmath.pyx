# Lines below are numbered in check.py.
cimport cython
from libc.math cimport fabs
from mypkg.sub.inline cimport half

include "more.pxi"


@cython.ufunc
cdef double add_one(double x):
    if x == 1000:
        return 0
    return x + 1


def sign(x):
    if x > 0:
        return 1
    elif x < 0:
        return -1
    return 0


cdef double halved(double x) nogil:
    cdef int i
    for i in range(1, 3):
        x = fabs(x) / 2 * i / i
    return x


def call_halved(x):
    return halved(x)


cdef class Box:
    cdef double width

    def __init__(self, width):
        self.width = width

    def unused(self):
        return half(self.width)

    @property
    def size(self):
        return half(self.width)


def debugging():  # pragma: no cover
    print("never")
    print("counted")


LIMIT = 3
