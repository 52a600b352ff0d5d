# SPDX-License-Identifier: BSD-3-Clause
"""`cython-ufunc wrap`: a Meson wrap of this version, which needs no network.

Meson reads build files below the project's own source tree only, so that a subproject cannot stay in site-packages. The
wrap therefore names an archive, made of the installed files, which is in the project beside it.
"""

import gzip
import hashlib
import io
import os
import re
import sys
import tarfile
from pathlib import Path
from typing import List, NamedTuple, Optional, Sequence

import cython_ufunc
from cython_ufunc import files, tree
from cython_ufunc.errors import PROGRAM, UserError
from cython_ufunc.usage import Parser

_COMMENT = f"written by '{PROGRAM} wrap'. Run that again to change the version."
_COMMENT_OF_THIS_MACHINE = f"for this machine alone. '{PROGRAM} wrap' writes one to keep in the project."
_WRAP = """\
# {program} {version}, {comment}
[wrap-file]
directory = {program}-{version}
{url}source_filename = {program}-{version}.tar.gz
source_hash = {hash}

[provide]
dependency_names = {program}
program_names = {program}
"""


class Wrap(NamedTuple):
    """A wrap file, and the archive it names."""

    text: str
    archive_name: str
    archive: bytes


def _make_archive(folder: str) -> bytes:
    """The files that builds need below `folder`, as a .tar.gz without owners and times."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in sorted(tree.files_for_builds().items()):
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size = len(content)
            entry.mode = 0o644
            archive.addfile(entry, io.BytesIO(content))
    return gzip.compress(stream.getvalue(), mtime=0)


def _wrap_text(version: str, sha256: str, url: str = "") -> str:
    line = f"source_url = {url}\n" if url else ""
    comment = _COMMENT_OF_THIS_MACHINE if url else _COMMENT
    return _WRAP.format(program=PROGRAM, version=version, comment=comment, hash=sha256, url=line)


def make_wrap() -> Wrap:
    """The wrap of this version, with its archive in the project's `subprojects/packagefiles`."""
    version = cython_ufunc.__version__
    archive = _make_archive(f"{PROGRAM}-{version}")
    return Wrap(_wrap_text(version, hashlib.sha256(archive).hexdigest()), f"{PROGRAM}-{version}.tar.gz", archive)


def _cache_folder() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base).absolute() / PROGRAM / "wraps"


def wrap_of_this_machine() -> str:
    """The text of a wrap file whose archive this function writes into the user's cache folder."""
    wrap = make_wrap()
    sha256 = hashlib.sha256(wrap.archive).hexdigest()
    path = _cache_folder() / sha256[:16] / wrap.archive_name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_if_changed(path, wrap.archive)
    except OSError as error:
        raise UserError(
            f"the wrap's archive {path} cannot be written: {error}. Set XDG_CACHE_HOME to a folder that can, or "
            f"run '{PROGRAM} wrap' in the project."
        ) from None
    return _wrap_text(cython_ufunc.__version__, sha256, path.as_uri())


def _old_archive(wrap_file: Path) -> Optional[Path]:
    """The archive of the wrap file that an earlier run wrote; None when there is no such file.

    Raises UserError when either is not as that run wrote it.
    """
    try:
        text = wrap_file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    version = re.search(rf"^# {PROGRAM} (\S+), ", text)
    sha256 = re.search(r"^source_hash = ([0-9a-f]{64})$", text, re.MULTILINE)
    if not version or not sha256 or text != _wrap_text(version[1], sha256[1]):
        raise UserError(
            f"{wrap_file} was not written by '{PROGRAM} wrap', or was edited since. Nothing was changed. "
            "Remove it, and run the command again."
        )
    archive = wrap_file.parent / "packagefiles" / f"{PROGRAM}-{version[1]}.tar.gz"
    if archive.is_file() and hashlib.sha256(archive.read_bytes()).hexdigest() != sha256[1]:
        raise UserError(
            f"{archive} is not the archive that {wrap_file} names. Nothing was changed. Restore or remove it."
        )
    return archive


def write_wrap(project: Path) -> List[Path]:
    """Writes the wrap and its archive into the Meson project `project`, or brings those of an earlier run up to date.

    Returns the two files. Raises UserError, having changed nothing, where something else is in their place.
    """
    subprojects = project / "subprojects"
    wrap_file = subprojects / f"{PROGRAM}.wrap"
    copy = subprojects / PROGRAM
    if not (project / "meson.build").is_file():
        raise UserError(
            f"{project} has no meson.build. Run '{PROGRAM} wrap' in the folder of a Meson project, or name it."
        )
    if copy.exists():
        raise UserError(
            f"{copy} is there already, and Meson would not know which to take. Nothing was changed. "
            f"Update it by '{PROGRAM} vendor {copy}', or remove it."
        )
    old_archive = _old_archive(wrap_file)
    wrap = make_wrap()
    archive = subprojects / "packagefiles" / wrap.archive_name
    if archive != old_archive and archive.is_file() and archive.read_bytes() != wrap.archive:
        raise UserError(f"{archive} is there already, and is another file. Nothing was changed. Remove it.")
    archive.parent.mkdir(parents=True, exist_ok=True)
    files.write_if_changed(archive, wrap.archive)
    files.write_if_changed(wrap_file, wrap.text.encode("utf-8"))
    if old_archive and old_archive != archive:
        files.remove_if_there(old_archive)
    return [wrap_file, archive]


def main(arguments: Sequence[str]) -> int:
    """Runs the command; returns its exit code."""
    parser = Parser(
        "wrap",
        description=f"Writes subprojects/{PROGRAM}.wrap, and the archive it names, made of the installed files.",
    )
    parser.add_argument(
        "project", type=Path, nargs="?", default=Path(), help="the Meson project (default: this folder)"
    )
    project = parser.parse_or_fail(arguments).project
    try:
        written = write_wrap(project)
    except OSError as error:
        raise UserError(
            f"{project / 'subprojects'} cannot be written: {error}. Correct that, and run the command again."
        ) from None
    print(
        f"{' and '.join(map(str, written))} have {PROGRAM} {cython_ufunc.__version__}: put both under version control"
    )
    return 0
