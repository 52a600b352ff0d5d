ctypedef double real

cdef inline real base_value() noexcept nogil:
    return 1.0
