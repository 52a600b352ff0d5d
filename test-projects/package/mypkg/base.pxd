from mypkg cimport length

ctypedef length area_t

cdef class Shape:
    cdef readonly length width
    cpdef area_t area(self)
    cdef area_t scaled_area(self)
