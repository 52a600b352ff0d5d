# SPDX-License-Identifier: BSD-3-Clause
"""The command `cython-ufunc` of the pip package, and `python -m cython_ufunc`."""

import sys
from typing import Optional, Sequence


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Runs one command, by default that of this process; returns its exit code."""
    from cython_ufunc.commands.command_line import main

    return main(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
