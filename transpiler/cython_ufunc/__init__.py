# SPDX-License-Identifier: BSD-3-Clause
"""The program of cython-ufunc's CMake functions and Meson rules: from one `.pyx` to a body, a shim and a depfile."""

__version__ = "0.1.0"
