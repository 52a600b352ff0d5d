# SPDX-License-Identifier: BSD-3-Clause
"""Cython's lookups of files that it does not read: a file that appears or goes changes the outcome."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

EXISTS = "exists"
VERSIONS = "versions"
_VERSION_MARK = ".cython-"  # `name.cython-30.pxd` comes before `name.pxd`


def state(kind: str, path: str, listings: dict[str, list[str]], exists: Callable[[str], bool] = os.path.exists) -> str:
    """What the look for `path` finds. `listings` remembers folders, each of which many looks are in.

    EXISTS: whether there is such a file. VERSIONS: the names of the versions for one Cython each.
    """
    if kind == EXISTS:
        return "1" if exists(path) else "0"
    folder, name = os.path.split(path)
    if folder not in listings:
        try:
            listings[folder] = sorted(entry for entry in os.listdir(folder) if _VERSION_MARK in entry)
        except OSError:
            listings[folder] = []
    stem, extension = os.path.splitext(name)
    found = [
        entry for entry in listings[folder] if entry.startswith(stem + _VERSION_MARK) and entry.endswith(extension)
    ]
    return "/".join(found).replace(" ", "//") or "-"


class Lookups:
    """A record of the looks of one translation, with what each found."""

    def __init__(self) -> None:
        self._listings: dict[str, list[str]] = {}
        self._exists = os.path.exists
        self.found: dict[tuple[str, str], str] = {}

    def look(self, kind: str, path: str) -> None:
        """Notes a look for the absolute `path`."""
        if (kind, path) not in self.found:
            self.found[kind, path] = state(kind, path, self._listings, self._exists)
