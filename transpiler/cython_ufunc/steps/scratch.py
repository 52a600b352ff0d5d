# SPDX-License-Identifier: BSD-3-Clause
"""The folder that Cython writes to."""

import contextlib
import os
import shutil
from pathlib import Path
from typing import Iterator

from cython_ufunc.files import temporary_beside


@contextlib.contextmanager
def scratch_folder(output: Path) -> Iterator[Path]:
    """A new folder beside `output`, for the block to write in; removed after it. Makes the folder of `output`.

    Cython refuses to overwrite a file that does not start with its banner, and names headers by its output: it
    writes to a folder of its own, under the final names.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(temporary_beside(output))
    os.mkdir(scratch, 0o700)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
