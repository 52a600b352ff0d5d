# cython: language_level=3
from libc.time cimport time as c_time


cdef public long now():
    return <long>c_time(NULL)


def seconds():
    return now()
