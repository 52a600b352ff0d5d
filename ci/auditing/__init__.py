# SPDX-License-Identifier: BSD-3-Clause
"""What ci/audit-modules and ci/audit-wheels are made of."""
