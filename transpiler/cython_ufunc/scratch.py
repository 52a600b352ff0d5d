# SPDX-License-Identifier: BSD-3-Clause
"""The folder that Cython writes to."""

import contextlib
import glob
import shutil
import tempfile
import time
from pathlib import Path
from typing import Iterator

from cython_ufunc.files import LEFT_BEHIND_SECONDS


@contextlib.contextmanager
def scratch_folder(output: Path) -> Iterator[Path]:
    """A new folder beside `output`, for the block to write in; removed after it. Makes the folder of `output`.

    Cython refuses to overwrite a file that does not start with its banner, and names headers by its output: it
    writes to a folder of its own, under the final names.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".cython-{output.name[:100]}-"
    _remove_left_behind(output.parent, prefix)
    scratch = Path(tempfile.mkdtemp(prefix=prefix, dir=output.parent))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _remove_left_behind(parent: Path, prefix: str) -> None:
    """Removes folders in `parent` that a killed step left; young ones may be of a step that still runs."""
    for folder in parent.glob(f"{glob.escape(prefix)}*"):
        try:
            age = time.time() - folder.stat().st_mtime
        except FileNotFoundError:
            continue
        if age > LEFT_BEHIND_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
