# cython: language_level=3
cimport cython


@cython.ufunc
cdef double triple(double x) noexcept nogil:
    return 3 * x


import recorder

recorder.events.append("body")
first_result = triple(2.0)
