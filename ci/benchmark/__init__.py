# SPDX-License-Identifier: BSD-3-Clause
"""What ci/bench is made of: the workloads, the contenders, the measurements and the reports."""
