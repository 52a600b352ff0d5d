# SPDX-License-Identifier: BSD-3-Clause
"""`cython-ufunc audit`: which NumPy a built module really needs, by the slots of NumPy's C API that it uses."""

from typing import Sequence


def main(arguments: Sequence[str]) -> int:
    """Runs the command with `arguments`; returns 0 for ok, 1 for violations, 2 where something was not followed."""
    from cython_ufunc.audit import command_line

    return command_line.main(arguments)
