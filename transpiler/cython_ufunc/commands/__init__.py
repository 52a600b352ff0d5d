# SPDX-License-Identifier: BSD-3-Clause
"""The commands that people run: to start a package, and to get cython-ufunc into a project."""
