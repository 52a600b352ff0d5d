# SPDX-License-Identifier: BSD-3-Clause
"""Tables of outcomes, for a terminal and for the manual."""

from typing import Iterable, List, Mapping, NamedTuple, Optional, Sequence, Tuple

PASS, FAIL, NOT_POSSIBLE = "pass", "fail", "not possible"


class Row(NamedTuple):
    """One line of a table: what was tried, what became of it (PASS, FAIL or NOT_POSSIBLE), and why."""

    what: Sequence[str]
    outcome: str
    reason: str


def plain_table(head: Sequence[str], rows: Iterable[Row]) -> str:
    """The rows with columns of one width."""
    lines = [[*head, "outcome", ""], *([*row.what, row.outcome, row.reason] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]) - 1)]
    texts = ("  ".join([*(cell.ljust(width) for cell, width in zip(line, widths)), line[-1]]) for line in lines)
    return "\n".join(text.rstrip() for text in texts)


def _list_table(lines: Iterable[Sequence[str]], options: Sequence[str]) -> List[str]:
    result = [".. list-table::", "  :header-rows: 1", *(f"  {option}" for option in options), ""]
    for line in lines:
        for column, cell in enumerate(line):
            result.append(f"  {'* -' if column == 0 else '  -'} {cell}".rstrip())
    return [*result, ""]


def manual_table(head: Sequence[str], rows: Iterable[Row]) -> List[str]:
    """The rows as lines of reStructuredText."""
    lines = ([*row.what, f"{row.outcome}: {row.reason}" if row.reason else row.outcome] for row in rows)
    return _list_table([[*head, "outcome"], *lines], [])


def manual_grid(
    title: str, row_names: Sequence[str], column_names: Sequence[str], entries: Mapping[Tuple[str, ...], str]
) -> List[str]:
    """A table as lines of reStructuredText, with `entries` by names of row and column."""
    lines: List[List[str]] = [[title, *column_names]]
    lines += [[row, *(entries.get((row, column), "") for column in column_names)] for row in row_names]
    return _list_table(lines, [":stub-columns: 1"])


def counted(passed: int, failed: int, obstacle: Optional[str]) -> str:
    """What a grid says of the cells that share two values."""
    if passed + failed == 0:
        return f"({obstacle})" if obstacle else "not run"
    return f"{failed} of {passed + failed} fail" if failed else f"{passed} pass"
