# SPDX-License-Identifier: BSD-3-Clause
"""Where extension modules are found: a file, a wheel, a build directory."""

import contextlib
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Iterator, List

from cython_ufunc.doctor.extension import Found
from cython_ufunc.doctor.module_name import looks_like_extension
from cython_ufunc.errors import UserError


@contextlib.contextmanager
def find_extensions(place: Path) -> Iterator[List[Found]]:
    """The files at `place` that are named like extension modules; those of a wheel are there until the end.

    Raises UserError where there are none.
    """
    if not place.exists():
        raise UserError(f"{place} does not exist. Give an extension module, a wheel or a build directory.")
    if place.is_dir():
        found = [Found(path, str(path), None) for path in _below(place)]
        if not found:
            raise UserError(
                f"{place} has no extension modules in it (no .so or .pyd files). Build first, or give another."
            )
        yield found
    elif place.suffix == ".whl":
        with tempfile.TemporaryDirectory(prefix="cython-ufunc-doctor-") as scratch:
            yield _unpack(place, Path(scratch))
    else:
        yield [Found(place, str(place), None)]


def _below(folder: Path) -> List[Path]:
    found: List[Path] = []
    for parent, folders, files in os.walk(folder):
        folders.sort()
        paths = (Path(parent, name) for name in sorted(files))
        found += [path for path in paths if looks_like_extension(path) and path.is_file()]
    return found


def _unpack(wheel: Path, scratch: Path) -> List[Found]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(scratch)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise UserError(f"{wheel} is not a wheel that can be read: {error}. Build or download it again.") from None
    # What a wheel has in these two folders is installed where the rest is.
    moved = [root for folder in ("platlib", "purelib") for root in scratch.glob(f"*.data/{folder}")]
    found: List[Found] = []
    for path in _below(scratch):
        root = next((root for root in moved if root in path.parents), scratch)
        found.append(Found(path, f"{wheel}/{path.relative_to(scratch).as_posix()}", root))
    if not found:
        raise UserError(f"{wheel} has no extension modules in it (no .so or .pyd files): it is a wheel of pure Python.")
    return found
