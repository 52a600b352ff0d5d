# cython: language_level=3
"""Pure Python mode."""

import cython


@cython.cfunc
def _gcd(a: cython.long, b: cython.long) -> cython.long:
    while b:
        a, b = b, a % b
    return a


def gcd(a: int, b: int) -> int:
    """The greatest common divisor."""
    return _gcd(a, b)
