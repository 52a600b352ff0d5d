# cython: language_level=3
cimport numpy


def imports():
    """How often Cython's code called this project's own _import_array()."""
    return numpy.own_imports
