cdef extern from "total.hpp":
    object sum_of(object numbers)


def total(numbers):
    return sum_of(numbers)
