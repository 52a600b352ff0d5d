# SPDX-License-Identifier: BSD-3-Clause
"""Runs the command by `python -m cython_ufunc.doctor`."""

import sys

from cython_ufunc.doctor import main

sys.exit(main(sys.argv[1:]))
