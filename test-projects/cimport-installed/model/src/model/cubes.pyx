# cython: language_level=3
cimport cython
cimport numpy as np
from grid.cells cimport Cell, grid_spacing, repeated, square, total


cdef class Cube(Cell):
    """A cell with a height, derived from the other project's extension class."""

    cpdef double area(self):
        """The cube's surface."""
        return 6 * square(self.width)

    def all_corners(self):
        """The corners of both faces."""
        return repeated(self.corners(), 2)


@cython.ufunc
cdef double spacings(double width) noexcept nogil:
    return grid_spacing(width, 4)


def totals(np.ndarray values, int count):
    """The sum of `values`, each taken `count` times."""
    return total(repeated(values, count))
