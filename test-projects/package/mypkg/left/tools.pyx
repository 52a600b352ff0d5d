# cython: language_level=3
cimport cython
from units cimport to_metres

include "constants.pxi"

cdef extern from "tools.h":
    double tools_offset(double x) nogil

side = SIDE


@cython.ufunc
cdef double offset_metres(double feet):
    return tools_offset(to_metres(feet))
