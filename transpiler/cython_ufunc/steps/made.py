# SPDX-License-Identifier: BSD-3-Clause
"""What a step has made, before it is written."""

from typing import NamedTuple, Optional, Sequence, Tuple

from cython_ufunc.cython.translate import Translation


class Made(NamedTuple):
    """The outputs of one step, and what they were made from. Paths are absolute."""

    outputs: Sequence[Tuple[str, bytes]]  # paths and contents
    dependencies: Sequence[str]  # what the depfile names
    translation: Optional[Translation]  # None: nothing of it is recorded or cached
