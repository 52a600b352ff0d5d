cimport numpy as cnp

cdef extern from "numpy/numpyconfig.h":
    const int NPY_ABI_VERSION

cnp.import_array()


def filled(double value):
    """An array of one element, made by NumPy's C API."""
    cdef cnp.npy_intp size = 1
    array = cnp.PyArray_SimpleNew(1, &size, cnp.NPY_DOUBLE)
    array[0] = value
    return array


def built_with():
    """The release of NumPy's ABI that this was compiled with."""
    return NPY_ABI_VERSION >> 24
