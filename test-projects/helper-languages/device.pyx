# cython: language_level=3
cdef extern from *:
    "PyObject *device_zeros(Py_ssize_t size);"
    object device_zeros(Py_ssize_t size)


def zeros(size):
    return device_zeros(size)
