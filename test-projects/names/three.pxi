cdef enum:
    THREE = 3
