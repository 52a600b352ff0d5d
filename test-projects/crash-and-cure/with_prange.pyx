# cython: language_level=3
cimport cython
cimport cython.parallel


@cython.ufunc
cdef double add_one(double x):
    return x + 1


def sum_of_squares(int n):
    """0*0 + 1*1 + ... + (n-1)*(n-1), added up by several threads."""
    cdef int i
    cdef double total = 0.0
    for i in cython.parallel.prange(n, nogil=True, num_threads=2):
        total += <double>i * i
    return total
