cimport cython
cimport numpy as np

cdef extern from *:
    """
    #ifdef __cplusplus
    extern "C"
    #endif
    PyObject *numpy_headers_ones(npy_intp size);
    """
    object numpy_headers_ones(np.npy_intp size)


@cython.ufunc
cdef double half(double x):
    return x / 2


def ones(size):
    """An array of ones, made by the helper."""
    return numpy_headers_ones(size)
