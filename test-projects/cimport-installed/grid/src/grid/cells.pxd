cimport numpy as np


cdef extern from "grid_spacing.h":
    double grid_spacing(double width, int count) nogil


cdef class Cell:
    cdef readonly double width

    cpdef double area(self)
    cdef np.ndarray corners(self)


cdef np.ndarray repeated(np.ndarray values, int count)
cdef double total(const double[:] values) noexcept

cdef inline double square(double x) noexcept nogil:
    return x * x
