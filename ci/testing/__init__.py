# SPDX-License-Identifier: BSD-3-Clause
"""What ci/test is made of: how CTest finds, configures, builds and checks the test projects."""
