# SPDX-License-Identifier: BSD-3-Clause
"""What ci/real-world is made of: released packages, built with and without cython-ufunc, and their own tests."""
