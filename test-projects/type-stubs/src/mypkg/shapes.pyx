"""Shapes, with types of all kinds."""
from collections.abc import Callable, Iterator
from enum import Enum

cimport cython
cimport numpy as np
from libc.math cimport sqrt
from mypkg.base cimport Named

import numpy as np

ctypedef double real_t
ctypedef fused number:
    int
    double

__all__ = ["Square", "add_one", "twice"]
LIMIT = 3
names: list[str] = []


cpdef enum Side:
    LEFT
    RIGHT


class Colour(Enum):
    RED = 1
    BLUE = 2


@cython.ufunc
cdef double add_one(double x):
    return x + 1


def untyped(x, y=None, *args, scale=1.5, **kwargs):
    return x


def annotated(x: float, f: Callable[[int], str], /, n: "int" = 2, *, verbose: bool = False) -> str | None:
    return f(n)


def typed(int n, double[:] values, np.ndarray array, str text="a", list rest=None, Square square=None):
    return n


def typed_result(real_t x, size_t n) -> list[float]:
    return [x] * n


cpdef double root(double x):
    return sqrt(x)


cpdef bytes encoded(char* text, bint strict=True):
    return text


def twice(number x):
    return 2 * x


def numbers(int n) -> Iterator[int]:
    for i in range(n):
        yield i


async def later(x: int) -> int:
    return x


@cython.final
cdef class Square(Named):
    """A square."""

    cdef public double width
    cdef readonly int sides
    cdef object hidden

    def __cinit__(self, double width, name="square"):
        self.width = width
        self.sides = 4

    def __init__(self, double width, name: str = "square"):
        self.label = name

    def area(self) -> float:
        return self.width * self.width

    cpdef double scaled(self, double factor):
        return self.width * factor

    cdef double secret(self):
        return 0

    @property
    def half(self) -> float:
        return self.width / 2

    @half.setter
    def half(self, value: float):
        self.width = 2 * value

    @staticmethod
    def unit() -> "Square":
        return Square(1)

    @classmethod
    def of(cls, text: str):
        return cls(float(text))

    def __len__(self):
        return 4


class Plain:
    kind = "plain"

    def method(self, x: int = 3) -> "Plain":
        return self
