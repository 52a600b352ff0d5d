# SPDX-License-Identifier: BSD-3-Clause
"""Errors that a user can fix, and the suggestion of what was probably meant."""

import difflib
import sys
from typing import Iterable

# What messages begin with.
PROGRAM = "cython-ufunc"


class UserError(Exception):
    """Something the user gave cannot be used; the message says what, what was expected and how to fix it."""


def report(error: UserError) -> int:
    """Prints an error as one line; returns the exit code that goes with it."""
    text = str(error).replace("\n", "\\n").replace("\r", "\\r")  # a line break that the user gave
    print(f"{PROGRAM}: error: {text}", file=sys.stderr)
    return 1


def warn(message: str) -> None:
    """Prints a warning, which a build tool shows with the step that gave it."""
    print(f"{PROGRAM}: warning: {message}", file=sys.stderr)


def how_to_install(requirement: str) -> str:
    """A sentence that says how to get `requirement`, as pip names it. Where pip builds, it makes the environment."""
    command = f'{sys.executable} -m pip install "{requirement}"'
    return f"Install one with: {command} (in a build by pip: add it to requires in pyproject.toml)"


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """A sentence that names the entry of `known` nearest to `found`, or an empty string when none is near."""
    near = difflib.get_close_matches(found, list(known), n=1)
    return f" Did you mean '{near[0]}'?" if near else ""
