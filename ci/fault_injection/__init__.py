# SPDX-License-Identifier: BSD-3-Clause
"""What ci/faults does to builds and imports. See lab.py for how a fault is written, subjects.py for what there is."""
