"""A package with a compiled module."""

from template_package.fastmath import add_one, even_numbers

__all__ = ["add_one", "even_numbers"]
