# SPDX-License-Identifier: BSD-3-Clause
"""Records of what transpile steps were made from, beside their bodies: what differs in comments alone is skipped.

The output does not depend on comments, as long as they move no code (see cython/arguments.py). A record is of one
place; the output cache is for others.
"""

from __future__ import annotations

import os
import sys

from cython_ufunc import files
from cython_ufunc.files import digest
from cython_ufunc.reuse import fingerprint, lookups
from cython_ufunc.step import TRANSPILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Sequence

    from cython_ufunc.step import Step

# To be changed with what a record looks like.
_FORMAT = 3
# Directives with which the body has source lines in it.
_WITH_COMMENTS = ("linetrace", "emit_code_comments")

# Kinds of lines, besides those of lookups.
_READ = "read"
_MADE = "made"
_PART = "part"  # of the key: for explain.py


def replay(step: Step) -> int | None:
    """Ends `step` where it was done before; returns its exit code.

    Returns None when there is something to do. Whatever is wrong, the step itself finds it.
    """
    try:
        record = record_of(step)
        return 0 if record and record.replay() else None
    except Exception:
        return None


def record_of(step: Step) -> Record | None:
    """The record of `step`, made once; None when it can have none.

    Those with comments in their outputs have none, nor those that depend on more than is looked at here.
    """
    if "record" not in step.memo:
        cython = fingerprint.cython_folder() if _can_have_record(step) else None
        step.memo["record"] = Record(step, cython) if cython else None
    record: Record | None = step.memo["record"]
    return record


def _can_have_record(step: Step) -> bool:
    if step.command != TRANSPILE or step.flags & {"--annotate", "--coverage"} or step.cython_arguments:
        return False
    return not any(name in directive for directive in step.directives for name in _WITH_COMMENTS)


class Record:
    """One transpile step, as its record sees it. To be made in the step's working directory."""

    def __init__(self, step: Step, cython: str) -> None:
        self._step = step
        self._program = fingerprint.program_files(step.command, step.shim is not None, cython)
        # What stands for the options and the programs.
        self._parts: list[tuple[str, object]] = [
            ("the format of records", _FORMAT),
            ("the source's place", step.source),
            ("the working directory", os.getcwd()),
            ("the Python", sys.version),
            ("Python's search path", fingerprint.search_path()),
            ("cython-ufunc or Cython", [(path, files.state_of(path)) for path in self._program]),
        ]
        self._parts += [(f"the option {name}", value) for name, value in step.given]
        self._key = _digest_of_value(self._parts)

    def replay(self) -> bool:
        """Does what the step does at its end, when the record says that it has nothing else to do."""
        self._step.begin()  # as the step itself does: one that is killed has not been done
        key, *lines = os.fsdecode(files.read(self._step.record_path)).split("\n")
        listings: dict[str, list[str]] = {}
        if key != self._key or not all(_holds(line, listings) for line in lines):
            return False
        read = [line.split(" ", 2)[2] for line in lines if line.startswith(f"{_READ} ")]
        self._step.end([*map(os.path.abspath, read), *self._program])
        return True

    def write(
        self,
        outputs: Sequence[tuple[str, bytes]],
        read: dict[str, bytes],
        looked_up: dict[tuple[str, str], str],
    ) -> None:
        """Writes what the step was made from. Raises OSError where it cannot.

        outputs: paths and contents. read: the files Cython opened, and what was in them. looked_up: see Lookups.
        """
        lines = [f"{_READ} {digest(content)}:{_digest_of_code(content)} {path}" for path, content in read.items()]
        lines += [f"{kind} {found} {path}" for (kind, path), found in looked_up.items()]
        lines += [f"{_MADE} {digest(content)} {path}" for path, content in outputs]
        lines += [f"{_PART} {_digest_of_value(value)} {name}" for name, value in self._parts]
        if any("\n" in line for line in lines) or self._step.source not in read:
            return
        if not any(b"emit_code_comments" in content for content in read.values()):
            # Sorted: what the worker had read before decides their order otherwise.
            text = "\n".join([self._key, *sorted(lines, key=_kind_and_path)])
            files.write_atomically(self._step.record_path, os.fsencode(text))

    def reasons(self) -> list[str]:
        """Why the step has something to do, as far as the record shows. Raises OSError when there is no record."""
        parts = {name: _digest_of_value(value) for name, value in self._parts}
        listings: dict[str, list[str]] = {}
        result = []
        for line in os.fsdecode(files.read(self._step.record_path)).split("\n")[1:]:
            kind, found, path = line.split(" ", 2)
            if kind == _PART:
                now = parts.pop(path, None)
                if now != found:
                    result.append(f"{path} is another" if now else f"{path} is gone")
                continue
            try:
                if _holds(line, listings):
                    continue
                what = {_READ: "changed", _MADE: "is not as it was made"}.get(kind, "is found where it was not")
            except FileNotFoundError:
                what = "is gone"
            if kind == lookups.EXISTS and found == "1":
                what = "is gone"
            result.append(f"{path} {what}")
        result += [f"{name} is new" for name in parts]
        return list(dict.fromkeys(result))


def _digest_of_value(value: object) -> str:
    return digest(repr(value).encode("utf-8", "surrogateescape"))


def _kind_and_path(line: str) -> list[str]:
    return line.split(" ", 2)[::2]


def _holds(line: str, listings: dict[str, list[str]]) -> bool:
    kind, found, path = line.split(" ", 2)
    if kind == _PART:
        return True  # the key stands for all of them
    if kind == _READ:
        content = files.read(path)
        whole, code = found.split(":")
        return digest(content) == whole or _digest_of_code(content) == code
    if kind == _MADE:
        return digest(files.read(path)) == found
    return lookups.state(kind, path, listings) == found


def _digest_of_code(content: bytes) -> str:
    from cython_ufunc.reuse.comments import without_comments  # takes long to import

    return digest(without_comments(content))
