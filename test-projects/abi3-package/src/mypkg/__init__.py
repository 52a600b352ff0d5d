"""A package with one wheel for Python 3.11 and all newer ones."""

from mypkg.smoothing import halved, smoothed

__all__ = ["halved", "smoothed"]
