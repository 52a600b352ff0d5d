# cython: language_level=3
from cpython.unicode cimport PyUnicode_FromOrdinal


def letter(int index):
    return PyUnicode_FromOrdinal(ord("a") + index)
