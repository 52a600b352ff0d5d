cdef class Shape:
    cdef readonly double size
    cpdef double area(self)
