# cython: language_level=3
cdef class Counter:
    cdef public int count
