"""A second Cython source."""
