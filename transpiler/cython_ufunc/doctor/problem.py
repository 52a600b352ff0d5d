# SPDX-License-Identifier: BSD-3-Clause
"""What the doctor finds wrong."""

from typing import NamedTuple


class Problem(NamedTuple):
    """Something that does not work, or will not; the message says what, and how to fix it."""

    message: str
    code: str  # for programs: the same in every release
