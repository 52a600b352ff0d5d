# cython: language_level=3
from sizes cimport RECORD_SIZE


def record_count(Py_ssize_t length):
    return length // RECORD_SIZE
