# SPDX-License-Identifier: BSD-3-Clause
"""What ci/matrix and ci/platforms are made of."""
