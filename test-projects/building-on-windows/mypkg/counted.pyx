# cython: language_level=3
from libcpp.vector cimport vector


cdef public int count(vector[int] values):
    return <int>values.size()
