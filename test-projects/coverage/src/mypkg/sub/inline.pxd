cdef inline double half(double x):
    if x < 0:
        return -x / 2
    return x / 2
