# cython: language_level=3
"""A package whose own module is compiled, too."""
KINDS = ["square"]
