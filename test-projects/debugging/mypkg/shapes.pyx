cimport cython
from mypkg.halves cimport half


@cython.ufunc
cdef double doubled(double x):
    return 2 * x


cdef double area_of(double width, double height):
    cdef double result = width * height
    return result


def area(width, height):
    return half(area_of(width, height))
