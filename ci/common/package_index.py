# SPDX-License-Identifier: BSD-3-Clause
"""Downloads single files from the package index that pip is configured for, each checked by its hash.

`pip download` is not used, because it runs the build backend of what it downloads. Files are looked up in the JSON form
of a project's page (PEP 691).
"""

import hashlib
import json
import os
import ssl
import subprocess
import sys
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


def download_file(project: str, file_name: str, sha256: str) -> bytes:
    """The content of a file of `project` on the package index. Ends the script when it has another hash."""
    context = ssl.create_default_context(cafile=pip_setting("cert", "") or None)
    page = pip_setting("index-url", "https://pypi.org/simple").rstrip("/") + f"/{project}/"
    files = json.loads(_download(page, _JSON, context))["files"]
    urls = [file["url"] for file in files if file["filename"] == file_name]
    if not urls:
        sys.exit(f"{page} does not list {file_name}")
    print(f"Downloading {urls[0]}", flush=True)
    content = _download(urllib.parse.urljoin(page, urls[0]), "*/*", context)
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        sys.exit(f"{file_name} has the SHA-256 {found}, expected {sha256}")
    return content


def fetch_file(project: str, file_name: str, sha256: str, cache: Path) -> Path:
    """The file of that name in `cache`, downloaded unless it is there already with the right hash."""
    path = cache / file_name
    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
        return path
    content = download_file(project, file_name, sha256)
    cache.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{file_name}.{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(path)
    return path
