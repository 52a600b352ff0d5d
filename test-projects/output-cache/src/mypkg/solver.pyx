# cython: language_level=3
# cython: boundscheck=False
cimport numpy as np

from mypkg.base cimport scaled

include "units.pxi"

cdef extern from "helper.h":
    object ones(np.npy_intp size)

cdef public double solver_factor(double x):
    return scaled(x)


def solved(size):
    return in_metres(ones(size)) * solver_factor(1.0)


def never():
    return None
    return 1  # Cython warns of it: unreachable
