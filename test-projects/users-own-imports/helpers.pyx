# cython: language_level=3
"""Calls each import that the helpers make, then what they make with the API."""
cimport cython

cdef extern from "helper.h":
    object c_import_all()
    object c_zeros(Py_ssize_t size)
    object c_square()
    object cpp_import_all()
    object cpp_zeros(Py_ssize_t size)
    object cpp_square()

c_zeros_before = c_zeros(2)
c_imports = c_import_all()
cpp_imports = cpp_import_all()
square_of_c = c_square()
square_of_cpp = cpp_square()


@cython.ufunc
cdef double plus_one(double x):
    return x + 1


def zeros(size):
    c_import_all()
    cpp_import_all()
    return c_zeros(size), cpp_zeros(size)
