# SPDX-License-Identifier: BSD-3-Clause
"""Checks that the manual takes its code from files that the tests build, and types no copies of it.

A code-block in one of the languages that files are written in has to be a literalinclude. One that cannot be has its
reason in a comment in front: `.. Not from a file: <reason>`. Commands and their output are no files. What stands in the
comment of a CMake function is read there, beside the code, and cannot be included.
"""

import re
import sys
from pathlib import Path
from typing import Iterator, List, Tuple

ROOT = Path(__file__).resolve().parent.parent
NO_FILES = {"sh", "console", "text"}
REASON = re.compile(r"\.\. Not from a file: \S")
BLOCK = re.compile(r"( *)\.\. (?:code-block|code|sourcecode)::(.*)")


def pages() -> Iterator[Path]:
    """The manual's pages and their templates."""
    yield from sorted([*(ROOT / "docs").rglob("*.rst"), *(ROOT / "docs").rglob("*.rst.in")])


def blocks(lines: List[str]) -> Iterator[Tuple[int, str, bool]]:
    """Each code block: its line, from 0 on, its language, and whether a comment in front gives a reason."""
    for number, line in enumerate(lines):
        match = BLOCK.fullmatch(line)
        if match:
            # The comment's lines are indented deeper than the block; an empty line may stand between.
            above = number - 1
            while above >= 0 and (not lines[above] or lines[above].startswith(f"{match[1]}  ")):
                above -= 1
            yield number, match[2].strip(), bool(REASON.match(lines[above].strip()))


def main() -> int:
    """Prints the copies; returns 1 when there are some."""
    problems: List[str] = []
    excused = 0
    files = list(pages())
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, language, has_reason in blocks(lines):
            if language in NO_FILES:
                continue
            excused += has_reason
            if not has_reason:
                place = f"{path.relative_to(ROOT)}:{number + 1}"
                problems.append(
                    f"{place}: a code-block of {language or 'no language'}. Take it from a file that a test builds, by "
                    "literalinclude, or give the reason in a comment in front: .. Not from a file: <reason>"
                )
    included = sum(path.read_text(encoding="utf-8").count(".. literalinclude::") for path in files)
    if included < 20:
        problems.append(f"only {included} literalincludes found: how the manual includes files must have changed")
    print("\n".join(problems) or f"{included} pieces of code are from files, {excused} are not and say why")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
