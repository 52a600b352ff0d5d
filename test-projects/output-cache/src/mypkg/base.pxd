cdef inline double scaled(double x) noexcept nogil:
    return 3.0 * x  # the factor
