# SPDX-License-Identifier: BSD-3-Clause
"""Reading, and writing outputs: whole or not at all, and only when they changed.

Like all that a hit of the output cache needs, it imports nearly nothing: each import costs every transpile step.
"""

from __future__ import annotations

import os
import time

try:
    from _blake2 import blake2b  # hashlib's, without OpenSSL, whose start takes longer than all else of a hit
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterable, Union

    AnyPath = Union[str, "os.PathLike[str]"]

# No translation takes so long.
LEFT_BEHIND_SECONDS = 3600.0
# In the names of files and folders that are there for a moment.
_MARK = ".cython-ufunc-"
_UNKNOWN_SYSTEM = "0"


def read(path: AnyPath) -> bytes:
    """The content of the file `path`."""
    with open(path, "rb") as stream:
        return stream.read()


def read_generated(path: AnyPath) -> bytes:
    """The content of a text that Cython wrote, with the same bytes on every system: lines end in a line feed alone."""
    content = read(path)
    return content.replace(b"\r\n", b"\n") if os.linesep == "\r\n" else content


def digest(content: bytes) -> str:
    """What stands for `content`: no two contents have the same."""
    return str(blake2b(content, digest_size=20).hexdigest())


def state_of(path: AnyPath) -> tuple[int, int] | None:
    """What changes when the file `path` does; None when there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def temporary_beside(path: AnyPath) -> str:
    """A new name beside `path`, in which remove_left_behind() finds the process that uses it."""
    folder, name = os.path.split(os.fspath(path))
    shortened = name.encode("utf-8", "replace")[:100].decode("utf-8", "ignore")
    return os.path.join(folder, f".{shortened}{_MARK}{_system()}-{os.getpid()}-{time.time_ns():x}")


def _system() -> str:
    """Tells apart systems whose numbers of processes mean other processes: machines, containers."""
    try:
        text = os.uname().nodename + os.readlink("/proc/self/ns/pid")
    except (AttributeError, OSError):
        return _UNKNOWN_SYSTEM
    return f"{int.from_bytes(os.fsencode(text), 'little') % 0xFFFFFFFB:08x}"


def remove_left_behind(folder: AnyPath) -> None:
    """Removes what killed steps left in `folder` under names of temporary_beside()."""
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if entry.name.startswith(".") and _MARK in entry.name]
    except OSError:
        return
    for entry in found:
        try:
            if not _is_in_use(entry):
                _remove(entry)
        except OSError:
            pass  # another step was quicker


def _is_in_use(entry: os.DirEntry[str]) -> bool:
    """False when the process in the name has ended; where that is not known, when the file is too old."""
    system, _, rest = entry.name.rpartition(_MARK)[2].partition("-")
    if system == _system() != _UNKNOWN_SYSTEM:
        try:
            os.kill(int(rest.partition("-")[0]), 0)
        except (ProcessLookupError, ValueError, OverflowError):
            return False
        except PermissionError:
            pass
    return time.time() - entry.stat(follow_symlinks=False).st_mtime < LEFT_BEHIND_SECONDS


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        import shutil

        shutil.rmtree(entry.path, ignore_errors=True)
    else:
        os.unlink(entry.path)


def write_atomically(path: AnyPath, content: bytes) -> None:
    """Writes `content` to a new file beside `path` and moves it there: a killed build leaves the old one or the new."""
    temporary = temporary_beside(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666)
    try:
        with open(descriptor, "wb") as stream:
            stream.write(content)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def write_if_changed(path: AnyPath, content: bytes) -> None:
    """Writes `content` unless `path` has it already: an unchanged time stamp spares what depends on the file."""
    try:
        if read(path) == content:
            return
    except FileNotFoundError:
        pass
    write_atomically(path, content)


def remove_if_there(path: AnyPath) -> None:
    """Removes the file `path`, if there is one."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


def _escape_for_depfile(path: str) -> str:
    """`path` as make, Ninja and CMake read it in a depfile."""
    if "\n" in path:
        raise OSError(f"a depfile cannot name {path!r}: it has a line break in its name. Rename it.")
    return path.replace("$", "$$").replace("#", "\\#").replace(" ", "\\ ")


def depfile_content(target: AnyPath, dependencies: Iterable[AnyPath], root: AnyPath | None = None) -> bytes:
    """A make rule that has `target` depend on `dependencies`, as bytes for a depfile.

    Files below `root` are named relative to it, others absolutely.
    """
    prefix = os.path.join(root, "") if root else None

    def name(path: AnyPath) -> str:
        text = os.fspath(path)
        if prefix and text.startswith(prefix):
            text = text[len(prefix) :]
        return _escape_for_depfile(text)

    lines = [f"{name(target)}:"]
    lines += [f"  {name(path)}" for path in sorted({os.fspath(path) for path in dependencies})]
    return os.fsencode(" \\\n".join(lines) + "\n")
