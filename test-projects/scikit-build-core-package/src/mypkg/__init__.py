"""A package whose wheel CMake builds."""

from mypkg.fastmath import add_one, even, sum_of_squares

__all__ = ["add_one", "even", "sum_of_squares"]
