# SPDX-License-Identifier: BSD-3-Clause
"""What steps write, as text: the body, the shim, type stubs, `#line` directives, maps for coverage."""
