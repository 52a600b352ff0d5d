# cython: language_level=3
"""The four kinds of ufunc that the Cython manual's chapter on them shows, each with functions of our own."""

cimport cython
from libc.math cimport hypot


@cython.ufunc
cdef double scaled_sum(double x, double y) noexcept nogil:
    """One signature."""
    return 2.0 * x + y


ctypedef fused real:
    float
    double


@cython.ufunc
cdef real clipped(real x, real limit) noexcept nogil:
    """A loop for each type of the fused type."""
    if x > limit:
        return limit
    if x < -limit:
        return -limit
    return x


@cython.ufunc
cdef (double, double) polar(double x, double y) noexcept nogil:
    """Several results, as a C tuple."""
    return hypot(x, y), x * y


@cython.ufunc
cdef object joined(object x, object y):
    """Python objects, with the GIL."""
    return f"{x}-{y}"
