# cython: language_level=3
# distutils: language = c++
cimport cython
from libcpp.vector cimport vector

cdef extern from "shapes_helper.h":
    double area_of(double width, double height)


cdef public struct Box:
    double width
    double height


cdef public double box_area(Box *box) noexcept:
    """Called by the helper."""
    cdef vector[double] sides = [box.width, box.height]
    return sides[0] * sides[1]


@cython.ufunc
cdef double area(double width, double height):
    """The area of a box, by way of the helper."""
    return area_of(width, height)
