cdef inline int smallest():
    return -1
