"""Says of itself that it is Cython 3.0.0."""

__version__ = "3.0.0"
