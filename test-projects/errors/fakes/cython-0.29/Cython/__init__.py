"""Says of itself that it is Cython 0.29.37."""

__version__ = "0.29.37"
