# SPDX-License-Identifier: BSD-3-Clause
"""Downloads a source distribution from PyPI and unpacks it, unmodified, below a cache folder.

Usage: python -m common.fetch_sdist <project> <archive> <SHA-256> <cache folder>
"""

import io
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from common.package_index import download_file


def fetch_sdist(project: str, archive_name: str, sha256: str, cache: Path) -> Path:
    """The folder of the unpacked source distribution below `cache`, downloaded unless it is there already."""
    folder = cache / archive_name[: -len(".tar.gz")]
    if folder.is_dir():
        return folder
    content = download_file(project, archive_name, sha256)
    cache.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".unpack-", dir=cache))
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            if hasattr(tarfile, "data_filter"):
                tar.extractall(scratch, filter="data")
            else:
                tar.extractall(scratch)
        # Last, so that an interrupted run leaves no folder that looks complete.
        (scratch / folder.name).replace(folder)
    finally:
        shutil.rmtree(scratch)
    return folder


if __name__ == "__main__":
    print(fetch_sdist(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])))
