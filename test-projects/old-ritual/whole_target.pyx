# cython: language_level=3
cimport cython

cdef extern from *:
    "PyObject *flat(PyObject *array);"
    object flat(object array)


@cython.ufunc
cdef double negated(double x):
    return -x


def flat_negated(array):
    return negated(flat(array))
