cdef class Named:
    cdef public str label
