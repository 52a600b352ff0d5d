# cython: language_level=3
cimport numpy as np

include "constants.pxi"


def value():
    """The constant."""
    return CONSTANT
