cdef inline double to_metres(double feet) noexcept nogil:
    return 0.3048 * feet
