# SPDX-License-Identifier: BSD-3-Clause
"""All that touches Cython: its version, its arguments, what is changed in it, and its run."""
