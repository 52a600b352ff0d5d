"""A NumPy that cannot be imported."""

from os import no_such_name  # noqa: F401
