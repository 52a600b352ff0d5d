# SPDX-License-Identifier: BSD-3-Clause
"""A quick reading of a step's command line, for what runs before argparse is worth its import.

It takes what `command_line` takes (a test compares the two) and leaves all that is wrong to that one to report.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Sequence

TRANSPILE = "transpile"
SHARED_UTILITY = "shared-utility"

# The last one counts.
VALUES = {
    "--module-name",
    "--shared-utility",
    "--limited-api",
    "--language",
    "--body",
    "--shim",
    "--depfile",
    "--depfile-root",
    "--stamp",
    "--cython-args",
    "--worker-directory",
    "--configured-for",
}
# Each one counts.
LISTS = {"--header", "--include-directory", "--directive", "--cython-arg"}
FLAGS = {"--language-was-read", "--free-threaded", "--coverage", "--annotate", "--line-directives"}


class StepOptions:
    """The options of one step, as they were given."""

    def __init__(self, command: str) -> None:
        self.command = command
        self.source = ""  # the shared utility module has none
        self.values: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {name: [] for name in LISTS}
        self.flags: set[str] = set()

    def finish(self, dependencies: Sequence[str]) -> None:
        """Does what the step does at its end, in its working directory: see files.finish_step()."""
        from cython_ufunc import files  # not for the quick looks below

        body, depfile, stamp = self.values["--body"], self.values.get("--depfile"), self.values.get("--stamp")
        root = self.values.get("--depfile-root") or (None if os.path.isabs(body) else os.getcwd())
        files.finish_step(os.path.abspath(body), depfile, stamp and os.path.abspath(stamp), dependencies, root)


def read_arguments_files(arguments: Sequence[str]) -> list[str]:
    """`arguments` with each `@file` replaced by the lines of that file, empty ones left out. May raise OSError."""
    result: list[str] = []
    for argument in arguments:
        if argument.startswith("@"):
            with open(argument[1:], encoding="utf-8", errors="surrogateescape") as file:
                result += [line for line in file.read().split("\n") if line]
        else:
            result.append(argument)
    return result


def record_path(body: str) -> str:
    """Where the record of the step that makes `body` is (see record.py)."""
    folder, name = os.path.split(os.path.abspath(body))
    return os.path.join(folder, f".{name}.record")


def find_path(arguments: Sequence[str], beginning: str) -> str | None:
    """The absolute path after `beginning`, such as `--body=`, in a command line; None where there is none.

    A quick look, before one that takes longer and says what is wrong.
    """
    try:
        texts = read_arguments_files(arguments)
    except (OSError, ValueError):
        return None
    return next((os.path.abspath(text[len(beginning) :]) for text in texts if text.startswith(beginning)), None)


def has_record(arguments: Sequence[str]) -> bool:
    """True when there is a record of the step with this command line."""
    body = find_path(arguments, "--body=")
    return body is not None and os.path.exists(record_path(body))


def parse(command: str, arguments: Sequence[str]) -> StepOptions | None:
    """The options in `arguments`, which follow the name of the command; None for what cannot be right."""
    options = StepOptions(command)
    sources = []
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-"):
            sources.append(argument)
            continue
        name, equals, value = argument.partition("=")
        if name in FLAGS and not equals:
            options.flags.add(name)
        elif name in VALUES or name in LISTS:
            if not equals:
                value = next(rest, "-")
                if value.startswith("-"):
                    return None
            if name in VALUES:
                options.values[name] = value
            else:
                options.lists[name].append(value)
        else:
            return None
    language = options.values.setdefault("--language", "c")
    if len(sources) != (command == TRANSPILE) or not options.values.get("--body") or language not in ("c", "c++"):
        return None
    options.source = sources[0] if sources else ""
    return options
