cdef enum:
    FACTOR = 3
