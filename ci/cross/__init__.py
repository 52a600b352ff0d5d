# SPDX-License-Identifier: BSD-3-Clause
"""Building the test projects for another machine, and running them in an emulator."""
