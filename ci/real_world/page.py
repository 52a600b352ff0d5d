# SPDX-License-Identifier: BSD-3-Clause
"""The tables of ci/real-world, for a terminal and for the manual."""

from typing import Dict, List, Mapping, NamedTuple, Sequence, Tuple

from benchmark.report import table
from compatibility.page import heading
from compatibility.report import manual_grid
from environment import ROOT

from real_world.junit import Difference, count
from real_world.projects import PLAIN, Project
from real_world.variant import Built

PAGE = ROOT / "docs" / "real-world.inc"
_MEGA = 1e6


class Result(NamedTuple):
    """What became of one project, by the names of its variants."""

    project: Project
    built: Mapping[str, Built]
    outcomes: Mapping[str, Mapping[str, str]]
    differences: Mapping[str, Sequence[Difference]]  # from the release


def _rows(result: Result) -> Dict[str, List[str]]:
    """The lines of a project's table, by their titles, with a text for each variant."""
    plain = result.built[PLAIN]
    built = list(result.built.values())
    rows = {
        "building, CPU seconds": [f"{one.cpu:.0f} ({one.cpu / plain.cpu:.0%})" for one in built],
        "building, wall seconds": [f"{one.wall:.0f} ({one.wall / plain.wall:.0%})" for one in built],
        "the wheel, MB": [
            f"{one.wheel_bytes / _MEGA:.2f} ({one.wheel_bytes / plain.wheel_bytes:.0%})" for one in built
        ],
        "extension modules, MB": [
            f"{one.module_bytes / _MEGA:.2f} ({one.module_bytes / plain.module_bytes:.0%})" for one in built
        ],
        "extension modules": [str(one.modules) for one in built],
        "those with the init shim": [str(one.with_shim) for one in built],
    }
    counts = [count(outcomes) for outcomes in result.outcomes.values()]
    for outcome in sorted({name for counted in counts for name in counted}, key=lambda name: (name != "passed", name)):
        rows[f"tests {outcome}"] = [str(counted[outcome]) for counted in counts]
    rows["tests that differ"] = ["", *(str(len(found)) for found in result.differences.values())]
    return rows


def plain_text(result: Result) -> str:
    """The table of a project, and the tests that differ."""
    lines = [[f"{result.project.name} {result.project.version}", *result.built]]
    lines += [[title, *texts] for title, texts in _rows(result).items()]
    found = [f"{name}: {one}" for name, differences in result.differences.items() for one in differences]
    return "\n".join([table(lines), *found])


def write_page(results: Sequence[Result], machine: str) -> None:
    """Writes the part of the manual that has the outcomes."""
    lines = [".. Written by ci/real-world.", ""]
    for result in results:
        project = result.project
        lines += heading(f"{project.name} {project.version}")
        rows = _rows(result)
        entries: Dict[Tuple[str, ...], str] = {
            (title, name): text for title, texts in rows.items() for name, text in zip(result.built, texts)
        }
        lines += manual_grid(project.build_system, list(rows), list(result.built), entries)
        for test, reason in project.random_tests.items():
            lines += [f"Not compared, as it is a matter of chance: ``{test}`` ({reason}).", ""]
    lines += [machine, ""]
    PAGE.write_text("\n".join(lines), encoding="utf-8")
