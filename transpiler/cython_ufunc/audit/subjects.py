# SPDX-License-Identifier: BSD-3-Clause
"""Which files a command is about: one, those in a wheel, or all shared libraries below a folder."""

import os
import re
import zipfile
from pathlib import Path
from typing import Iterator, List, NamedTuple, Optional

from cython_ufunc.audit.reading import is_library
from cython_ufunc.errors import UserError

_NAME = re.compile(r".*\.(?:so(?:\.\w+)*|pyd|dll|dylib)", re.IGNORECASE)
_LONGEST_MAGIC = 4


class Subject(NamedTuple):
    """A file to look at."""

    path: Path  # it, or the wheel that it is in
    member: Optional[str]  # its name in the wheel

    @property
    def label(self) -> str:
        """What reports call it."""
        return f"{self.path}/{self.member}" if self.member else str(self.path)

    def read(self) -> bytes:
        """Its content. Raises UserError."""
        try:
            if self.member is None:
                return self.path.read_bytes()
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(self.member)
        except (OSError, zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError) as error:
            raise UserError(f"{self.label} cannot be read: {error}. Check the path and its permissions.") from None


def find_subjects(place: Path) -> List[Subject]:
    """The shared libraries at `place`. Raises UserError where there are none."""
    if not place.exists():
        raise UserError(f"{place} does not exist. Give an extension module, a wheel, or a folder that has some in it.")
    if place.is_dir():
        found = list(_below(place))
        if not found:
            raise UserError(
                f"{place} has no shared libraries in it (.so, .pyd, .dll or .dylib). Build first, or give another."
            )
        return found
    if place.suffix == ".whl":
        found = list(_in_wheel(place))
        if not found:
            raise UserError(
                f"{place} has no shared libraries in it (.so, .pyd, .dll or .dylib): it is a wheel of pure Python."
            )
        return found
    with place.open("rb") as file:
        if not is_library(file.read(_LONGEST_MAGIC)):
            raise UserError(
                f"{place} is no shared library of Linux (ELF), Windows (PE) or macOS (Mach-O). Give an extension "
                "module, a wheel, or a folder."
            )
    return [Subject(place, None)]


def _below(folder: Path) -> Iterator[Subject]:
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(parent, name)
            if not _NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
                continue
            try:
                with path.open("rb") as file:
                    head = file.read(_LONGEST_MAGIC)
            except OSError:
                yield Subject(path, None)  # reading it again says why
                continue
            if is_library(head):
                yield Subject(path, None)


def _in_wheel(wheel: Path) -> Iterator[Subject]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            for entry in sorted(archive.namelist()):
                if _NAME.fullmatch(entry.rsplit("/", 1)[-1]):
                    with archive.open(entry) as file:
                        head = file.read(_LONGEST_MAGIC)
                    if is_library(head):
                        yield Subject(wheel, entry)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UserError(f"{wheel} is not a wheel that can be read: {error}. Build or download it again.") from None
