# SPDX-License-Identifier: BSD-3-Clause
"""A folder that keeps what transpile steps made, for later builds: bounded in size, shared by builds that run at once.

A step's key leads to a manifest: what the step depends on besides its key, and which result it had then. A result's
name is the digest of its content, so that a damaged one is noticed. Files are moved into place whole and never changed,
so that nobody has to wait for a lock. See cached.py for what keys, manifests and results are made of.
"""

from __future__ import annotations

import os
import stat

from cython_ufunc import files
from cython_ufunc.files import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Iterator

FOLDER_VARIABLE = "CYTHON_UFUNC_CACHE"
SIZE_VARIABLE = "CYTHON_UFUNC_CACHE_SIZE"
DEFAULT_SIZE = 1 << 30

_UNITS = {"": 1}
for _power, _letter in enumerate("KMGT", start=1):
    _UNITS.update({_letter: 1000**_power, f"{_letter}B": 1000**_power, f"{_letter}IB": 1024**_power})

_MANIFESTS = "manifests"
_RESULTS = "results"
_INSTALLATIONS = "installations"
_COUNTERS = ("hits", "misses")
# What one manifest remembers: the states of a step's dependencies, newest first.
_LARGEST_MANIFEST = 16


def cache_of_environment() -> OutputCache | None:
    """The cache that the environment asks for, if any. Raises UserError when what it says makes no sense."""
    folder = os.path.expanduser(os.environ.get(FOLDER_VARIABLE, ""))
    if not folder:
        return None
    if not os.path.isabs(folder):
        from cython_ufunc.errors import UserError

        raise UserError(
            f"CYTHON_UFUNC_CACHE '{folder}' is not an absolute path, and each step of a build runs elsewhere. "
            "Give one, or unset it."
        )
    return OutputCache(folder, _size(os.environ.get(SIZE_VARIABLE) or str(DEFAULT_SIZE)))


def _size(text: str) -> int:
    """The number of bytes that a size such as `500 MiB` stands for."""
    number = text.rstrip("BbGgIiKkMmTt ")
    try:
        size = int(float(number) * _UNITS[text[len(number) :].strip().upper()])
    except (KeyError, ValueError, OverflowError):
        size = 0
    if size < 1:
        from cython_ufunc.errors import UserError

        raise UserError(
            f"CYTHON_UFUNC_CACHE_SIZE '{text}' is not a size such as 500MB or 2GiB. Correct it, or unset it for 1GiB."
        )
    return size


class OutputCache:
    """The cache in one folder. Reading it never fails; what writes raises OSError."""

    def __init__(self, folder: str, limit: int) -> None:
        self.folder = folder
        self.limit = limit

    def find(self, key: str, holds: Callable[[list[str]], bool]) -> bytes | None:
        """The result of the step `key`, under the first conditions of its manifest that `holds` says are met."""
        try:
            self._check_folder()
            manifest = self._path(_MANIFESTS, key)
            for name, conditions in _entries(_open_sealed(manifest)):
                if holds(conditions):
                    result = self._read_result(name)
                    if result is not None:
                        self._mark_used(manifest, self._path(_RESULTS, name))
                    return result
        except (OSError, ValueError):
            pass
        return None

    def add(self, key: str, conditions: list[str], result: bytes) -> None:
        """Keeps `result` as that of the step `key` under `conditions`, lines of text; removes the oldest ones."""
        self._make_folders()
        name = digest(result)
        path = self._path(_RESULTS, name)
        if os.path.exists(path):
            os.utime(path)
        else:
            files.write_atomically(path, result)
        manifest = self._path(_MANIFESTS, key)
        try:
            old = _entries(_open_sealed(manifest))
        except (OSError, ValueError):
            old = []
        entries = [(name, conditions), *((other, lines) for other, lines in old if lines != conditions)]
        text = "\n\n".join("\n".join([other, *lines]) for other, lines in entries[:_LARGEST_MANIFEST])
        files.write_atomically(manifest, _sealed(text))
        self._evict()

    def remembered(self, name: str, make: Callable[[], str]) -> str:
        """What `make` returns, cached under `name`: one digest that takes long to compute."""
        path = self._path(_INSTALLATIONS, name)
        try:
            self._check_folder()
            return _open_sealed(path)
        except (OSError, ValueError):
            pass
        value = make()
        try:
            self._make_folders()
            files.write_atomically(path, _sealed(value))
        except OSError:
            pass  # it is computed again the next time
        return value

    def count(self, counter: str) -> None:
        """Adds one to "hits" or "misses". One byte each: appending needs no lock."""
        try:
            with open(self._path(counter), "ab") as stream:
                stream.write(b".")
        except OSError:
            pass

    def statistics(self) -> dict[str, int]:
        """The counters, and the number of `results` and `bytes` stored."""
        found = dict.fromkeys(_COUNTERS, 0)
        for name in _COUNTERS:
            try:
                found[name] = os.stat(self._path(name)).st_size
            except FileNotFoundError:
                pass
        stored = list(self._files())
        found["results"] = sum(os.path.dirname(path) == self._path(_RESULTS) for _, _, path in stored)
        found["bytes"] = sum(size for _, size, _ in stored)
        return found

    def clear(self) -> None:
        """Removes all results, and the counters."""
        if not os.path.lexists(self.folder):
            return
        self._check_folder()
        for _, _, path in self._files():
            files.remove_if_there(path)
        for name in _COUNTERS:
            files.remove_if_there(self._path(name))

    def _path(self, *names: str) -> str:
        return os.path.join(self.folder, *names)

    def _check_folder(self) -> None:
        """Raises OSError unless the folder is there and nobody but this user decides what is in it."""
        found = os.stat(self.folder)
        if not stat.S_ISDIR(found.st_mode):
            raise NotADirectoryError("it is not a folder")
        if hasattr(os, "geteuid"):
            if found.st_uid != os.geteuid():
                raise PermissionError("it belongs to another user")
            if found.st_mode & stat.S_IWOTH:
                raise PermissionError("other users can write to it")

    def _make_folders(self) -> None:
        if not os.path.lexists(self.folder):
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
        self._check_folder()
        for name in (_MANIFESTS, _RESULTS, _INSTALLATIONS):
            os.makedirs(self._path(name), exist_ok=True)

    def _read_result(self, name: str) -> bytes | None:
        path = self._path(_RESULTS, name)
        content = files.read(path)
        if digest(content) == name:
            return content
        files.remove_if_there(path)
        return None

    def _mark_used(self, *paths: str) -> None:
        try:
            for path in paths:
                os.utime(path)
        except OSError:
            pass  # a cache may be read-only

    def _files(self) -> Iterator[tuple[float, int, str]]:
        """When each file was used last, its size and its path. Removes what killed steps left."""
        for folder in (_MANIFESTS, _RESULTS, _INSTALLATIONS):
            files.remove_left_behind(self._path(folder))
            try:
                listing = os.scandir(self._path(folder))
            except FileNotFoundError:
                continue
            with listing:
                for entry in listing:
                    try:
                        status = entry.stat()
                    except FileNotFoundError:
                        continue  # another process removed it
                    yield status.st_mtime, status.st_size, entry.path

    def _evict(self) -> None:
        """Removes what was not used for longest, until the size is within the limit."""
        stored = sorted(self._files())
        size = sum(size for _, size, _ in stored)
        for _, bytes_less, path in stored:
            if size <= self.limit:
                return
            files.remove_if_there(path)
            size -= bytes_less


def _sealed(text: str) -> bytes:
    """`text` as the content of a file that can tell whether it is damaged."""
    content = text.encode("utf-8", "surrogateescape")
    return digest(content).encode("ascii") + b"\n" + content


def _open_sealed(path: str) -> str:
    """The text of a file that _sealed() made. Raises OSError or ValueError without one; removes a damaged one."""
    seal, _, content = files.read(path).partition(b"\n")
    if seal != digest(content).encode("ascii"):
        files.remove_if_there(path)
        raise ValueError("damaged")
    return content.decode("utf-8", "surrogateescape")


def _entries(manifest: str) -> list[tuple[str, list[str]]]:
    """A manifest's pairs of a result's name and the conditions it has."""
    blocks = [block.split("\n") for block in manifest.split("\n\n")]
    return [(block[0], block[1:]) for block in blocks]
