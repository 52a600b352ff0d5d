# SPDX-License-Identifier: BSD-3-Clause
"""Runs the transpiler from a source tree or an installation, whatever the working directory and PYTHONPATH are."""

import sys

if __name__ == "__main__":
    from cython_ufunc.command_line import main

    del sys.path[0]  # this folder: Cython looks for .pxd files along sys.path
    sys.exit(main(sys.argv[1:]))
