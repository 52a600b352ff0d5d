# cython: language_level=3
cimport numpy as np

import switches

np.import_array()


def zeros_of(np.npy_intp length):
    return np.PyArray_ZEROS(1, &length, np.NPY_DOUBLE, 0)


if switches.failure is not None:
    raise switches.failure
