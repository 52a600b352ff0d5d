# SPDX-License-Identifier: BSD-3-Clause
"""The folders that a translation looks in, and names of files that hold for every place these folders may have."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Sequence

_PACKAGE_FILES = ("__init__.py", "__init__.pyx", "__init__.pxd", "__init__.pyc")


class Roots:
    """The folders, absolute, in the order they are looked through; the first is the one that the source is below."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = [os.path.join(folder, "") for folder in folders]

    def layout(self) -> list[str]:
        """How the folders lie in one another: where that is the same, a file has the same name."""
        return [self._name_in_others(index) for index in range(len(self._folders))]

    def _name_in_others(self, index: int) -> str:
        folder = self._folders[index]
        around = [
            (len(other), -number)
            for number, other in enumerate(self._folders)
            if folder.startswith(other) and (other != folder or number < index)
        ]
        if not around:
            return "-"
        length, number = max(around)
        return f"{-number}:{folder[length:]}"

    def name_of(self, path: str) -> str:
        """The name of the absolute `path`: that itself, with `=` in front, when it is in none of the folders."""
        around = [(len(folder), -number) for number, folder in enumerate(self._folders) if path.startswith(folder)]
        if around:
            length, number = max(around)
            return f"{-number}:{path[length:]}"
        folder, file = os.path.split(path)
        # Whether the source's folder is a package, and the one around it, is seen from the source.
        if file in _PACKAGE_FILES and self._folders[0].startswith(os.path.join(folder, "")):
            return f"0:{os.path.relpath(path, self._folders[0])}"
        return f"={path}"

    def path_of(self, name: str) -> str:
        """The path that has `name` here. Raises ValueError when there is no such folder."""
        if name.startswith("="):
            return name[1:]
        number, _, relative = name.partition(":")
        if int(number) >= len(self._folders):
            raise ValueError(name)
        return self._folders[int(number)] + relative

    def are_in(self, content: bytes) -> bool:
        """True when the path of one of the folders stands in `content`."""
        return any(os.fsencode(folder[:-1]) in content for folder in self._folders if len(folder) > 2)

    def places(self) -> str:
        """Where the folders are, in one line."""
        return repr(self._folders)
