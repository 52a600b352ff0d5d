# SPDX-License-Identifier: BSD-3-Clause
"""`cython-ufunc doctor`: what is installed, and whether built extension modules import NumPy's tables before use."""

from typing import Sequence


def main(arguments: Sequence[str]) -> int:
    """Runs the command with `arguments`; returns 0 where all is well, 1 where it found problems, 2 for bad input."""
    from cython_ufunc.doctor import command_line

    return command_line.main(arguments)
