# cython: language_level=3
cimport cython
cimport numpy as np  # no-cython-lint: unused

cdef extern from *:
    "PyObject *helper_range(Py_ssize_t stop);"
    object helper_range(Py_ssize_t stop)

# Needs the API while the module is initialised.
numbers = helper_range(4)


@cython.ufunc
cdef double plus_one(double x):
    return x + 1
