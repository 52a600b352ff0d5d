# SPDX-License-Identifier: BSD-3-Clause
"""Downloads a source distribution from PyPI and unpacks it, unmodified, below a cache folder.

Usage: fetch_sdist.py <project> <archive> <SHA-256> <cache folder>

`pip download` is not used, because it runs the build backend of what it downloads. The archive is looked up on the
package index that pip is configured for, in the JSON form of its project page (PEP 691).
"""

import hashlib
import json
import os
import shutil
import ssl
import subprocess
import sys
import tarfile
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

_JSON = "application/vnd.pypi.simple.v1+json"


def pip_setting(name: str, default: str) -> str:
    """Pip's setting `name`, from its environment variable or else from its configuration files."""
    from_environment = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if from_environment:
        return from_environment
    command = [sys.executable, "-m", "pip", "config", "get", f"global.{name}"]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return result.stdout.strip() or default


def _download(url: str, accept: str, context: ssl.SSLContext) -> bytes:
    request = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=180, context=context) as response:
        content: bytes = response.read()
    return content


def fetch_sdist(project: str, archive_name: str, sha256: str, cache: Path) -> Path:
    """The folder of the unpacked source distribution below `cache`, downloaded unless it is there already."""
    folder = cache / archive_name[: -len(".tar.gz")]
    if folder.is_dir():
        return folder
    context = ssl.create_default_context(cafile=pip_setting("cert", "") or None)
    page = pip_setting("index-url", "https://pypi.org/simple").rstrip("/") + f"/{project}/"
    files = json.loads(_download(page, _JSON, context))["files"]
    urls = [file["url"] for file in files if file["filename"] == archive_name]
    if not urls:
        sys.exit(f"{page} does not list {archive_name}")
    print(f"Downloading {urls[0]}", flush=True)
    content = _download(urllib.parse.urljoin(page, urls[0]), "*/*", context)
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        sys.exit(f"{archive_name} has the SHA-256 {found}, expected {sha256}")
    cache.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".unpack-", dir=cache))
    try:
        archive = scratch / archive_name
        archive.write_bytes(content)
        with tarfile.open(archive) as tar:
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
