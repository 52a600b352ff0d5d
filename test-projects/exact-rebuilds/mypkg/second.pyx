# cython: language_level=3
cimport numpy as np  # no-cython-lint: unused

include "constants.pxi"


def value():
    """The constant."""
    return CONSTANT
