ctypedef double length

cdef double scale(double x) noexcept
