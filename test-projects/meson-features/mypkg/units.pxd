# A comment.
from mypkg.factors cimport FEET_PER_METRE


cdef inline double feet(double metres) noexcept nogil:
    return metres * FEET_PER_METRE
