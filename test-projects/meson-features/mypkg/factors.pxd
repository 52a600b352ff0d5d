cdef enum:
    FEET_PER_METRE = 3
