# cython: language_level=3
"""An api declaration, in C++ and in a package."""
cimport cython


@cython.ufunc
cdef double cubed(double x):
    return x * x * x


cdef api object volumes(object edges):
    """Of cubes with these edges, by the ufunc."""
    return cubed(edges)
