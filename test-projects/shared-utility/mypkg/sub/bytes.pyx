# cython: language_level=3


def reversed_copy(const unsigned char[:] data):
    """The bytes of `data` from its end to its start."""
    return bytes(data[::-1])


def count(const unsigned char[:] data, unsigned char wanted):
    cdef Py_ssize_t i, found = 0
    for i in range(data.shape[0]):
        if data[i] == wanted:
            found += 1
    return found
