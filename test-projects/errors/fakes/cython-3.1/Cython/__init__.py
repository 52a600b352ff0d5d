"""Says of itself that it is Cython 3.1.0."""

__version__ = "3.1.0"
