# SPDX-License-Identifier: BSD-3-Clause
"""What build systems ask when they configure: facts about Python, Cython and NumPy, and what can be had with them."""
