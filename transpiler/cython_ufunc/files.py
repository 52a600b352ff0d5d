# SPDX-License-Identifier: BSD-3-Clause
"""Writing outputs: whole or not at all, and only when they changed."""

import contextlib
import glob
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Iterable, Iterator, Optional

# No translation takes so long.
_LEFT_BEHIND_SECONDS = 3600.0


def write_atomically(path: Path, content: bytes) -> None:
    """Writes `content` to a new file beside `path` and moves it there: a killed build leaves the old one or the new."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        # mkstemp's 0600 would keep a build tree shared by a group from being read.
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except BaseException:
        temporary.unlink()
        raise


def write_if_changed(path: Path, content: bytes) -> None:
    """Writes `content` unless `path` has it already: an unchanged time stamp spares what depends on the file."""
    try:
        if path.read_bytes() == content:
            return
    except FileNotFoundError:
        pass
    write_atomically(path, content)


def remove_if_there(path: Path) -> None:
    """Removes the file `path`, if there is one."""
    try:
        path.unlink()
    except FileNotFoundError:
        pass


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
        if age > _LEFT_BEHIND_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _escape_for_depfile(path: Path) -> str:
    """`path` as make, Ninja and CMake read it in a depfile."""
    text = str(path)
    if "\n" in text:
        raise OSError(f"a depfile cannot name {text!r}: it has a line break in its name")
    return text.replace("$", "$$").replace("#", "\\#").replace(" ", "\\ ")


def depfile_content(target: Path, dependencies: Iterable[Path], root: Optional[Path] = None) -> bytes:
    """A make rule that has `target` depend on `dependencies`, as bytes for a depfile.

    Files below `root` are named relative to it, others absolutely.
    """

    def name(path: Path) -> str:
        if root and root in path.parents:
            path = path.relative_to(root)
        return _escape_for_depfile(path)

    lines = [f"{name(target)}:"]
    lines += [f"  {name(path)}" for path in sorted(set(dependencies))]
    return os.fsencode(" \\\n".join(lines) + "\n")
