"""A package that other projects cimport from."""

from pathlib import Path

from grid.cells import Cell

__all__ = ["Cell", "get_include"]


def get_include():
    """The folder of the headers that the package's .pxd files name."""
    return str(Path(__file__).with_name("include"))
