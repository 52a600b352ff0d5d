# cython: language_level=3
cdef class Shape:
    def __init__(self, double size):
        self.size = size

    cpdef double area(self):
        raise NotImplementedError
