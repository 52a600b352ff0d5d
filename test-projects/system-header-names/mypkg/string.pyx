# cython: language_level=3
from libc.string cimport strlen
from libcpp.string cimport string


cdef public int twice_the_length(const char* text):
    return 2 * <int>strlen(text)


def length(bytes text):
    cdef string copy = text
    return twice_the_length(copy.c_str()) // 2
