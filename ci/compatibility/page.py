# SPDX-License-Identifier: BSD-3-Clause
"""The manual's part with the outcomes of ci/matrix."""

import collections
import itertools
from typing import Dict, FrozenSet, List, Mapping, Sequence, Tuple

from common.environment import ROOT

from compatibility.axes import AXES, Cell, Value
from compatibility.machine import Machine
from compatibility.report import FAIL, PASS, Row, counted, manual_grid, manual_table
from compatibility.tools import find_tool

PAGE = ROOT / "docs" / "compatibility-matrix.inc"
# Two axes each: the grids of the manual.
GRIDS = [("python", "numpy"), ("python", "cython"), ("numpy", "cython"), ("tool", "generator"), ("tool", "python")]
GRIDS += [("compiler", "cython"), ("project", "cython")]
OTHER_NUMPY_HEAD = ["Python", "built with NumPy", "run on NumPy"]
TITLES = {"python": "Python", "numpy": "NumPy", "cython": "Cython", "tool": "build system"}


def heading(text: str) -> List[str]:
    """A heading of the manual."""
    return [text, "-" * len(text), ""]


def summary(what: str, rows: Sequence[Row]) -> str:
    """How many rows passed."""
    return f"Of {len(rows)} {what}, {sum(row.outcome == PASS for row in rows)} passed."


def grid(axes: Sequence[str], rows: Sequence[Row], obstacles: Mapping[FrozenSet[Value], str]) -> List[str]:
    """The manual's table of the outcomes by two axes."""
    outcomes: Dict[Tuple[str, ...], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    positions = [Cell._fields.index(axis) for axis in axes]
    for row in rows:
        outcomes[tuple(row.what[position] for position in positions)][row.outcome] += 1
    entries = {}
    for values in itertools.product(*(AXES[axis] for axis in axes)):
        pair = set(zip(axes, values))
        obstacle = next((reason for combination, reason in obstacles.items() if combination <= pair), None)
        entries[values] = counted(outcomes[values][PASS], outcomes[values][FAIL], obstacle)
    title = " \\ ".join(TITLES.get(axis, axis) for axis in axes)
    return manual_grid(title, AXES[axes[0]], AXES[axes[1]], entries)


def releases_table(machine: Machine) -> List[str]:
    """The manual's table of the releases that the axes' values stood for."""
    found: Dict[Tuple[str, str], Dict[str, List[str]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    for (python, project, series), release in machine.releases.items():
        found[project, series][release].append(python)
    rows = []
    for (project, series), by_release in found.items():
        texts = [
            release if len(by_release) == 1 else f"{release} (Python {', '.join(pythons)})"
            for release, pythons in by_release.items()
        ]
        rows.append((f"{TITLES[project]} {series}", ", ".join(texts)))
    rows += [(tool, find_tool(tool)[0]) for tool in AXES["tool"]]
    return manual_grid(
        "named", [row[0] for row in rows], ["stood for"], {(row[0], "stood for"): row[1] for row in rows}
    )


def write_page(machine: Machine, rows: Sequence[Row], other_rows: Sequence[Row]) -> None:
    """Writes the part of the manual that has the outcomes."""
    lines = [".. Written by ci/matrix.", "", *heading("Built and run"), summary("cells", rows), ""]
    lines += releases_table(machine)
    for axes in GRIDS:
        lines += grid(axes, rows, machine.obstacles)
    lines += [*heading("Built with one NumPy, run on another"), summary("pairs", other_rows), ""]
    lines += manual_table(OTHER_NUMPY_HEAD, other_rows)
    lines += [*heading("The cells"), *manual_table(list(Cell._fields), rows)]
    PAGE.write_text("\n".join(lines), encoding="utf-8")
