# SPDX-License-Identifier: BSD-3-Clause
"""What a transpile step was made from, kept beside its body: a later step that differs in comments alone has no work.

The output does not depend on comments, as long as they move no code (see cython/arguments.py). A record is of one
place; the output cache is for others.
"""

from __future__ import annotations

import os
import sys

from cython_ufunc import files, step_options
from cython_ufunc.files import digest
from cython_ufunc.reuse import fingerprint, lookups

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Sequence

    from cython_ufunc.step_options import StepOptions

# To be changed with what a record looks like.
_FORMAT = 2
# Directives with which the body has source lines in it.
_WITH_COMMENTS = ("linetrace", "emit_code_comments")

# Kinds of lines, besides those of lookups.
_READ = "read"
_MADE = "made"
_PART = "part"  # of the key: for reasons.py


def replay(arguments: Sequence[str]) -> int | None:
    """Ends the step with the command line `arguments` where it was done before; returns its exit code.

    Returns None when there is something to do. Whatever is wrong, the step itself finds it.
    """
    try:
        step = prepare(arguments[0], step_options.read_arguments_files(arguments[1:]))
        return 0 if step and step.replay() else None
    except Exception:
        return None


def prepare(command: str, arguments: Sequence[str]) -> RecordedStep | None:
    """The step that `command` and its `arguments` ask for; None when it has no record.

    Those with comments in their outputs have none, nor those that depend on more than is looked at here.
    """
    options = step_options.parse(command, arguments) if command == step_options.TRANSPILE else None
    cython = fingerprint.cython_folder() if options else None
    if options is None or cython is None:
        return None
    if (
        options.flags & {"--annotate", "--coverage"}
        or options.lists["--cython-arg"]
        or options.values.get("--cython-args")
    ):
        return None
    if any(name in directive for directive in options.lists["--directive"] for name in _WITH_COMMENTS):
        return None
    return RecordedStep(options, cython)


def forget(body: str) -> None:
    """Removes the record of the step that makes `body`, as it is about to be done."""
    files.remove_if_there(step_options.record_path(body))


class RecordedStep:
    """One transpile step, as its record sees it. To be made in the step's working directory."""

    def __init__(self, options: StepOptions, cython: str) -> None:
        self._options = options
        self._source = os.path.abspath(options.source)
        self._path = step_options.record_path(options.values["--body"])
        template = fingerprint.SHIM_TEMPLATE if "--shim" in options.values else None
        self._program = fingerprint.program_files(cython, template)
        # What stands for the options and the programs.
        self._parts: list[tuple[str, object]] = [
            ("the format of records", _FORMAT),
            ("the source's place", self._source),
            ("the working directory", os.getcwd()),
            ("the Python", sys.version),
            ("Python's search path", fingerprint.search_path()),
            ("cython-ufunc or Cython", [(path, files.state_of(path)) for path in self._program]),
        ]
        given = [*options.values.items(), *options.lists.items(), *((flag, True) for flag in options.flags)]
        self._parts += [(f"the option {name}", value) for name, value in sorted(given) if value != []]
        self._key = _digest_of_value(self._parts)

    def replay(self) -> bool:
        """Does what the step does at its end, when the record says that it has nothing else to do."""
        stamp = self._options.values.get("--stamp")
        if stamp:
            files.remove_if_there(stamp)  # as the step itself does: one that is killed has not been done
        key, *lines = os.fsdecode(files.read(self._path)).split("\n")
        listings: dict[str, list[str]] = {}
        if key != self._key or not all(_holds(line, listings) for line in lines):
            return False
        read = [line.split(" ", 2)[2] for line in lines if line.startswith(f"{_READ} ")]
        self._options.finish([*map(os.path.abspath, read), *self._program])
        return True

    def keep(
        self,
        outputs: Sequence[tuple[str, bytes]],
        read: dict[str, bytes],
        looked_for: dict[tuple[str, str], str],
    ) -> None:
        """Keeps what the step was made from. Raises OSError where it cannot.

        outputs: paths and contents. read: the files Cython opened, and what was in them. looked_for: see Lookups.
        """
        lines = [f"{_READ} {digest(content)}:{_digest_of_code(content)} {path}" for path, content in read.items()]
        lines += [f"{kind} {found} {path}" for (kind, path), found in looked_for.items()]
        lines += [f"{_MADE} {digest(content)} {path}" for path, content in outputs]
        lines += [f"{_PART} {_digest_of_value(value)} {name}" for name, value in self._parts]
        if any("\n" in line for line in lines) or self._source not in read:
            return
        if not any(b"emit_code_comments" in content for content in read.values()):
            # Sorted: what the worker had read before decides their order otherwise.
            files.write_atomically(self._path, os.fsencode("\n".join([self._key, *sorted(lines)])))

    def reasons(self) -> list[str]:
        """Why the step has something to do, as far as the record tells. Raises OSError when there is no record."""
        parts = {name: _digest_of_value(value) for name, value in self._parts}
        listings: dict[str, list[str]] = {}
        result = []
        for line in os.fsdecode(files.read(self._path)).split("\n")[1:]:
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
