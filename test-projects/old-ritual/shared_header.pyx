# cython: language_level=3
cimport numpy as np

np.import_array()

cdef extern from "shared_tables.h":
    object make_range(double stop)
    int fill_with(object array, object value) except -1


def filled(stop, value):
    array = make_range(stop)
    before = array.copy()
    fill_with(array, value)
    return before, array
