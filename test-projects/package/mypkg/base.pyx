# cython: language_level=3
from mypkg cimport scale

cimport numpy as np


cdef class Shape:
    def __init__(self, width):
        self.width = width

    cpdef area_t area(self):
        return 0

    cdef area_t scaled_area(self):
        return scale(self.area())

    def scaled(self):
        return self.scaled_area()

    def corners(self):
        cdef np.npy_intp[2] shape = [4, 2]
        return np.PyArray_ZEROS(2, shape, np.NPY_DOUBLE, 0)
