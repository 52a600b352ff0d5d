# SPDX-License-Identifier: BSD-3-Clause
"""The program of cython-ufunc's CMake functions and Meson rules: from one `.pyx` to a body, a shim and a depfile."""

__version__: str


def __getattr__(name: str) -> str:
    """Reads the version when it is asked for, as each step of a build imports this package."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import os

    with open(os.path.join(os.path.dirname(__file__), "VERSION"), encoding="ascii") as file:
        return file.read().strip()
