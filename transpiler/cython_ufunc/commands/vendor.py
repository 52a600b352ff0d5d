# SPDX-License-Identifier: BSD-3-Clause
"""`cython-ufunc vendor`: a copy of cython-ufunc in a project, for add_subdirectory() and as a Meson subproject."""

import hashlib
import re
from pathlib import Path, PurePosixPath
from typing import Dict, List, NamedTuple, Optional, Sequence

import cython_ufunc
from cython_ufunc import files, tree
from cython_ufunc.errors import PROGRAM, UserError
from cython_ufunc.usage import Parser

# Lists the copied files with their hashes: `sha256sum --check` reads it.
MANIFEST = "vendored.sha256"
_HEADER = """\
# {program} {version}, copied by '{program} vendor'. Do not edit the files: 'cython-ufunc vendor' of a newer version
# replaces those that are as it wrote them. 'sha256sum --check {manifest}' lists those that were edited.
"""
# git changes no line ends, which would look like an edit.
_GIT_ATTRIBUTES = b"* -text linguist-vendored\n"
_NAMED_AT_MOST = 5


class Manifest(NamedTuple):
    """What an earlier run wrote."""

    version: str
    hashes: Dict[str, str]  # SHA-256 by the file's name below the folder


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of_file(path: Path) -> Optional[str]:
    """The hash of the file `path`; None when there is no such file."""
    try:
        return _digest(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None


def _manifest_content(contents: Dict[str, bytes]) -> bytes:
    header = _HEADER.format(program=PROGRAM, version=cython_ufunc.__version__, manifest=MANIFEST)
    return (header + "".join(f"{_digest(contents[name])}  {name}\n" for name in sorted(contents))).encode("utf-8")


def _read_manifest(folder: Path) -> Manifest:
    """The manifest in `folder`. Raises UserError when it cannot be read, or names files outside."""
    path = folder / MANIFEST
    text = path.read_text(encoding="utf-8", errors="replace")
    version = re.match(rf"# {PROGRAM} (\S+), ", text)
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    entries = [re.fullmatch(r"([0-9a-f]{64})  (.+)", line) for line in lines]
    hashes = {entry[2]: entry[1] for entry in entries if entry}
    outside = any(PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts for name in hashes)
    if not version or not all(entries) or outside:
        raise UserError(
            f"{path} is not as '{PROGRAM} vendor' writes it, so that nobody knows what was edited in {folder}. "
            "Restore that file, or remove the folder, and run the command again."
        )
    return Manifest(version[1], hashes)


def _what_was_edited(folder: Path, manifest: Manifest, contents: Dict[str, bytes]) -> List[str]:
    """The files in `folder` that a copy of `contents` would lose, each with what happened to it.

    A file that has its new content already is what an interrupted run left.
    """
    edited = []
    for name in sorted({*manifest.hashes, *contents}):
        found = _digest_of_file(folder / name)
        new = _digest(contents[name]) if name in contents else None
        if found == new or found == manifest.hashes.get(name):
            continue
        happened = "removed" if found is None else "edited" if name in manifest.hashes else "added"
        edited.append(f"{name} ({happened})")
    return edited


def _check_nothing_is_lost(folder: Path, manifest: Manifest, contents: Dict[str, bytes]) -> None:
    edited = _what_was_edited(folder, manifest, contents)
    if edited:
        more = f" and {len(edited) - _NAMED_AT_MOST} more" if len(edited) > _NAMED_AT_MOST else ""
        raise UserError(
            f"{folder} is not as '{PROGRAM} vendor' left it: {', '.join(edited[:_NAMED_AT_MOST])}{more}. "
            "Nothing was changed. Undo those edits, or give another folder."
        )


def _write(folder: Path, contents: Dict[str, bytes], old: Sequence[str]) -> None:
    """Writes `contents`, removes the other files of `old`, and writes the manifest last."""
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_if_changed(path, content)
    for name in set(old) - set(contents):
        path = folder / name
        files.remove_if_there(path)
        for parent in path.relative_to(folder).parents:
            if any((folder / parent).iterdir()):
                break
            (folder / parent).rmdir()
    files.write_if_changed(folder / MANIFEST, _manifest_content(contents))


def _files() -> Dict[str, bytes]:
    """The files of a copy, without the manifest."""
    return {".gitattributes": _GIT_ATTRIBUTES, **tree.files_for_builds()}


def new_copy() -> Dict[str, bytes]:
    """The content of each file of a copy, by its name below the copy's folder."""
    contents = _files()
    return {**contents, MANIFEST: _manifest_content(contents)}


def vendor(folder: Path) -> str:
    """Makes `folder` a copy of this version, or brings a copy made by this command up to it; returns what it did.

    Raises UserError, having changed nothing, when `folder` is something else or has edits.
    """
    wrap_file = folder.parent / f"{folder.name}.wrap"
    if wrap_file.exists():
        raise UserError(
            f"{wrap_file} is there, and Meson would take what it names instead of the copy. Nothing was changed. "
            f"Update it by '{PROGRAM} wrap', or remove it."
        )
    contents = _files()
    version = cython_ufunc.__version__
    manifest = Manifest("", {})
    if (folder / MANIFEST).is_file():
        manifest = _read_manifest(folder)
        _check_nothing_is_lost(folder, manifest, contents)
    elif folder.is_dir() and any(folder.iterdir()):
        raise UserError(
            f"{folder} has files in it, and no {MANIFEST}: it is no copy that '{PROGRAM} vendor' made. "
            "Nothing was changed. Give a folder that is empty or not there yet."
        )
    elif folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file. Give a folder that is empty or not there yet.")
    if manifest.hashes == {name: _digest(content) for name, content in contents.items()}:
        return f"{folder} has {PROGRAM} {version} already"
    _write(folder, contents, list(manifest.hashes))
    if manifest.version:
        return f"{folder} has {PROGRAM} {version} now, instead of {manifest.version}"
    return f"{folder} has {PROGRAM} {version} now"


def main(arguments: Sequence[str]) -> int:
    """Runs the command; returns its exit code."""
    parser = Parser(
        "vendor",
        description="Copies this version into a project, which then needs nothing else of it to build. Run again, "
        "with another version installed, it replaces the copy; it refuses to when the copy was edited.",
    )
    parser.add_argument("folder", type=Path, help="where, such as third_party/cython-ufunc or subprojects/cython-ufunc")
    folder = parser.parse_or_fail(arguments).folder
    try:
        print(vendor(folder))
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error}. Correct that, and run the command again.") from None
    print(f"CMake: add_subdirectory({folder.as_posix()}). Meson: subproject('{folder.name}'), if it is in subprojects.")
    return 0
