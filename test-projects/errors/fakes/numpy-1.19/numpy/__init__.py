"""Says of itself that it is NumPy 1.19.5."""

import os

__version__ = "1.19.5"


def get_include() -> str:
    """The folder of the headers."""
    return os.path.join(os.path.dirname(__file__), "include")
