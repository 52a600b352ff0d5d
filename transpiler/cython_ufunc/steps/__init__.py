# SPDX-License-Identifier: BSD-3-Clause
"""The steps of a build, each done in this process."""
