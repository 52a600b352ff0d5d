# cython: language_level=3
from mypkg.base cimport Shape, area_t


cdef class Square(Shape):
    cpdef area_t area(self):
        return self.width * self.width

    cdef area_t scaled_area(self):
        return Shape.scaled_area(self) + 1


class Doubled(Square):
    """A Python class that overrides the cpdef method."""

    def area(self):
        return 2 * Square.area(self)


def total_area(shapes):
    cdef Shape shape
    cdef area_t result = 0
    for shape in shapes:
        result += shape.area()
    return result
