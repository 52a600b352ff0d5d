# SPDX-License-Identifier: BSD-3-Clause
"""What several of the commands here use: environments, packages, downloads."""
