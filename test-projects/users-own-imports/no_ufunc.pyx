# cython: language_level=3
"""No ufunc, and the import silenced, which crashes in a plain build."""
cimport numpy as np

<void>np._import_array


def zeros(np.npy_intp size):
    return np.PyArray_ZEROS(1, &size, np.NPY_DOUBLE, 0)


def identity():
    np.import_umath()
    return np.PyArray_DescrFromType(np.NPY_DOUBLE)
