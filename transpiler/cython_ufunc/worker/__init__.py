# SPDX-License-Identifier: BSD-3-Clause
"""The worker: a process that has started Cython once, and runs the steps of a build in forked children."""
