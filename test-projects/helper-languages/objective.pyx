# cython: language_level=3
cdef extern from *:
    "PyObject *objective_ones(Py_ssize_t size);"
    object objective_ones(Py_ssize_t size)


def ones(size):
    return objective_ones(size)
