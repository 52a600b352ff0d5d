# cython: language_level=3
cimport numpy as np


cdef class Cell:
    """A square cell."""

    def __init__(self, double width):
        self.width = width

    cpdef double area(self):
        """The cell's area."""
        return square(self.width)

    cdef np.ndarray corners(self):
        cdef np.npy_intp[2] shape = [4, 2]
        return np.PyArray_ZEROS(2, shape, np.NPY_DOUBLE, 0)


cdef np.ndarray repeated(np.ndarray values, int count):
    return np.PyArray_Repeat(values, count, 0)


cdef double total(const double[:] values) noexcept:
    cdef Py_ssize_t i
    cdef double result = 0.0
    for i in range(values.shape[0]):
        result += values[i]
    return result
