"""A package that cimports from another project's."""

from model.cubes import Cube, spacings, totals

__all__ = ["Cube", "spacings", "totals"]
