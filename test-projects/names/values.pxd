cdef inline int two() noexcept nogil:
    return 2
