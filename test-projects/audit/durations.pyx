cimport numpy as np


cdef extern from "value.h":
    np.npy_timedelta value_of(object)


def value(duration):
    return value_of(duration)
