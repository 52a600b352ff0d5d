# cython: language_level=3
cimport cython
from mypkg.left.tools cimport opposite  # a package with no __init__ of its own

include "constants.pxi"

side = SIDE


@cython.ufunc
cdef long offset(long x):
    return x + opposite(-SIDE)
