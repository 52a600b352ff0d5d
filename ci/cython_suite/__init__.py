# SPDX-License-Identifier: BSD-3-Clause
"""What `ci/conformance` is made of."""
