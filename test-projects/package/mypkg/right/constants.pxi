cdef enum:
    SIDE = 1
