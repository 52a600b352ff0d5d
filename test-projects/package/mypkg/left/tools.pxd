cdef inline long opposite(long x) noexcept nogil:
    return -x
