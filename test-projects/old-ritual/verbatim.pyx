# cython: language_level=3
cdef extern from *:
    """
    #define PY_ARRAY_UNIQUE_SYMBOL verbatim_ARRAY_API
    """

cimport cython
cimport numpy as np

np.import_array()
np.import_ufunc()

cdef extern from *:
    "PyObject *transposed(PyObject *array);"
    object transposed(object array)


@cython.ufunc
cdef double half(double x):
    return x / 2


def half_transposed(array):
    return half(transposed(array))
