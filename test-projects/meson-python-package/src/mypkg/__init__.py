"""A package whose wheel Meson builds."""

from mypkg.fastmath import add_one, zeros

__all__ = ["add_one", "zeros"]
