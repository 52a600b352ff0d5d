# SPDX-License-Identifier: BSD-3-Clause
"""The sources of Cython's own test suite: which there are, in which language, and what plain Cython makes of them."""

import random
import re
from pathlib import Path
from typing import Dict, List, NamedTuple, Sequence

FOLDERS = ("run", "compile", "errors")
_TAG = re.compile(r"#\s*(tag|distutils)\s*:(.*)")
_EXTRA_SOURCES = re.compile(r"^#\s*distutils:\s*sources\s*=\s*(.*)$", re.MULTILINE)


class Case(NamedTuple):
    """One source of the suite."""

    folder: str  # one of FOLDERS
    stem: str
    cplus: bool
    extra_sources: Sequence[str]  # C or C++ files beside it

    @property
    def name(self) -> str:
        """Such as `run/addop`."""
        return f"{self.folder}/{self.stem}"

    @property
    def extension(self) -> str:
        """That of the file that Cython makes."""
        return "cpp" if self.cplus else "c"


def find_cases(suite: Path) -> List[Case]:
    """The sources in `suite`, the folder `tests` of Cython's sources, sorted."""
    cases = []
    for folder in FOLDERS:
        for source in sorted((suite / folder).glob("*.pyx")):
            text = source.read_text("utf-8", "replace")
            tags = _tags(text)
            found = _EXTRA_SOURCES.search(text)
            extra = [name for name in found[1].split() if (source.parent / name).is_file()] if found else []
            cases.append(Case(folder, source.stem, "cpp" in tags or "language=c++" in tags, tuple(extra)))
    return cases


def _tags(text: str) -> List[str]:
    """The words of the tags in the comments that a source begins with."""
    words: List[str] = []
    for line in text.splitlines():
        if line.strip() and not line.startswith(("#", "\ufeff#")):
            break
        tag = _TAG.match(line)
        if tag:
            words += re.sub(r"\s*=\s*", "=", tag[2]).replace(",", " ").split()
    return words


def choose(cases: Sequence[Case], tenth: bool, seed: int) -> List[Case]:
    """All of `cases`, or a tenth of them that `seed` decides on."""
    if not tenth:
        return list(cases)
    chance = random.Random(seed)  # noqa: S311
    return sorted(chance.sample(list(cases), len(cases) // 10))


def read_explanations(path: Path) -> Dict[str, str]:
    """The reasons in the file `path`, by a case's name: lines `<name>: <reason>`, comments with '#'."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split(": ", 1) for line in lines)
