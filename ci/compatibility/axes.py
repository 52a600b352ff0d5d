# SPDX-License-Identifier: BSD-3-Clause
"""What the cells of the matrix differ in, and the choice of those that are run."""

import heapq
import itertools
from typing import Dict, FrozenSet, Iterable, List, Mapping, NamedTuple, Sequence, Set, Tuple


class Cell(NamedTuple):
    """One combination: a value of each axis."""

    python: str
    numpy: str
    cython: str
    compiler: str
    tool: str
    generator: str
    project: str


# A value of an axis, such as ("python", "3.8").
Value = Tuple[str, str]
# Why values cannot be had, or cannot be had together.
Obstacles = Mapping[FrozenSet[Value], str]

MULTI_CONFIG = "Ninja Multi-Config"
MESON_GENERATOR = "Meson's"

# Of each series the newest release is taken; `newest` is the newest that the interpreter can have.
AXES: Dict[str, List[str]] = {
    "python": ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13"],
    "numpy": ["1.19", "1.22", "1.26", "2.0", "newest"],
    "cython": ["3.0.0", "3.0.9", "3.0.12", "3.1", "3.2", "3.3"],
    "compiler": ["GCC 12", "Clang 14", "newest Clang"],
    "tool": [
        *(f"CMake {version}" for version in ("3.21", "3.25", "3.31", "newest")),
        *(f"Meson {version}" for version in ("1.4", "1.8", "1.11", "newest")),
    ],
    "generator": ["Ninja", MULTI_CONFIG, "Unix Makefiles", MESON_GENERATOR],
    # Beside the project of this axis, every cell builds those of ALWAYS.
    "project": ["crash-and-cure", "names", "old-ritual", "ordering", "package", "public-api"],
}
# All kinds of ufuncs; modules that are all built in C and in C++.
ALWAYS = ["manual-examples", "users-own-imports"]

# What no tool of the cell can change.
_KNOWN_OBSTACLES: List[Tuple[Value, Value, str]] = [
    (("cython", "3.0.0"), ("python", "3.13"), "the C code of Cython 3.0.0 does not compile with Python 3.13"),
    (("compiler", "newest Clang"), ("tool", "Meson 1.4"), "Meson 1.4 does not know zig's linker"),
    (("compiler", "newest Clang"), ("project", "crash-and-cure"), "zig has no OpenMP"),
    (("compiler", "newest Clang"), ("project", "ordering"), "zig exports the functions of its static C++ library"),
]


def known_obstacles() -> Dict[FrozenSet[Value], str]:
    """The obstacles that hold on every machine."""
    obstacles = {frozenset([first, second]): reason for first, second, reason in _KNOWN_OBSTACLES}
    for tool, generator in itertools.product(AXES["tool"], AXES["generator"]):
        if tool.startswith("Meson") != (generator == MESON_GENERATOR):
            pair = frozenset([("tool", tool), ("generator", generator)])
            obstacles[pair] = f"{tool} has no generator {generator}" if generator != MESON_GENERATOR else "Meson's own"
    return obstacles


def _pairs(cell: Cell) -> FrozenSet[Tuple[Value, Value]]:
    return frozenset(itertools.combinations(zip(cell._fields, cell), 2))


def obstacles_to(cell: Cell, obstacles: Obstacles) -> List[str]:
    """The reasons why `cell` cannot be had."""
    values = set(zip(cell._fields, cell))
    return [reason for combination, reason in obstacles.items() if combination <= values]


def possible_cells(axes: Mapping[str, Sequence[str]], obstacles: Obstacles) -> List[Cell]:
    """All combinations of `axes` without an obstacle."""
    cells = (Cell(*values) for values in itertools.product(*axes.values()))
    return [cell for cell in cells if not obstacles_to(cell, obstacles)]


def choose(cells: Iterable[Cell]) -> List[Cell]:
    """A small choice of `cells` in which each pair of values occurs that occurs in `cells`.

    The cell with the most new pairs is taken until none has any. What a cell adds only shrinks, so that a count made
    before is an upper bound: only the cell at the top of the heap is counted again. (allpairspy, made for this,
    leaves out a fifteenth of the possible pairs when some combinations are excluded, and does not say so.)
    """
    covered: Set[Tuple[Value, Value]] = set()
    heap = [(-len(_pairs(cell)), number, cell) for number, cell in enumerate(cells)]
    heapq.heapify(heap)
    chosen = []
    while heap:
        _, number, cell = heap[0]
        new = len(_pairs(cell) - covered)
        if new == 0:
            heapq.heappop(heap)
        elif -new > heap[0][0]:
            heapq.heapreplace(heap, (-new, number, cell))
        else:
            heapq.heappop(heap)
            covered |= _pairs(cell)
            chosen.append(cell)
    return chosen
