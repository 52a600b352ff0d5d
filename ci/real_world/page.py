# SPDX-License-Identifier: BSD-3-Clause
"""The tables of ci/real-world, for a terminal and for the manual."""

from typing import Callable, Dict, List, Mapping, NamedTuple, Optional, Tuple

from benchmark.report import table
from common.environment import ROOT
from compatibility.report import manual_grid

from real_world.junit import PASSED, Difference, compare, count
from real_world.projects import PLAIN, Project
from real_world.variant import Built

_MEGA = 1e6
_MISSING = "not run"


class Result(NamedTuple):
    """What is known of one project, by the names of its variants: stages that were not run are None."""

    project: Project
    built: Mapping[str, Optional[Built]]
    outcomes: Mapping[str, Optional[Mapping[str, str]]]

    def differences(self, variant: str) -> List[Difference]:
        """The tests that have another outcome in `variant` than in the release; none where one of both was not run."""
        released, converted = self.outcomes[PLAIN], self.outcomes[variant]
        if released is None or converted is None:
            return []
        return compare(released, converted, self.project.random_tests)

    @property
    def complete(self) -> bool:
        """Whether all stages were run."""
        return None not in self.built.values() and None not in self.outcomes.values()


def _compared(built: Mapping[str, Optional[Built]], text: str, value: Callable[[Built], float]) -> List[str]:
    """The values of all variants, formatted by `text`, with their share of the release's."""
    plain = built[PLAIN]
    texts = []
    for one in built.values():
        share = f" ({value(one) / value(plain):.0%})" if one and plain and one is not plain else ""
        texts.append(text.format(value(one)) + share if one else _MISSING)
    return texts


def _rows(result: Result) -> Dict[str, List[str]]:
    """The lines of a project's table, by their titles, with a text for each variant."""
    built = result.built
    rows = {
        "building, CPU seconds": _compared(built, "{:.0f}", lambda one: one.cpu),
        "building, wall seconds": _compared(built, "{:.0f}", lambda one: one.wall),
        "the wheel, MB": _compared(built, "{:.2f}", lambda one: one.wheel_bytes / _MEGA),
        "extension modules, MB": _compared(built, "{:.2f}", lambda one: one.module_bytes / _MEGA),
        "extension modules": [str(one.modules) if one else _MISSING for one in built.values()],
        "those that use cython-ufunc": [str(one.served) if one else _MISSING for one in built.values()],
    }
    counts = [None if outcomes is None else count(outcomes) for outcomes in result.outcomes.values()]
    known = {name for counted in counts if counted is not None for name in counted} | {PASSED}
    for outcome in sorted(known, key=lambda name: (name != PASSED, name)):
        rows[f"tests {outcome}"] = [_MISSING if counted is None else str(counted[outcome]) for counted in counts]
    rows["tests that differ"] = [_differing(result, name) for name in built]
    return rows


def _differing(result: Result, variant: str) -> str:
    if variant == PLAIN:
        return ""
    if result.outcomes[PLAIN] is None or result.outcomes[variant] is None:
        return _MISSING
    return str(len(result.differences(variant)))


def plain_text(result: Result) -> str:
    """The table of a project, and the tests that differ."""
    lines = [[f"{result.project.name} {result.project.version}", *result.built]]
    lines += [[title, *texts] for title, texts in _rows(result).items()]
    found = [f"{name}: {one}" for name in result.built for one in result.differences(name)]
    return "\n".join([table(lines), *found])


def write_page(result: Result, machine: str) -> None:
    """Writes the part of the manual that has the outcomes of a project."""
    project = result.project
    lines = [".. Written by ci/real-world.", ""]
    entries: Dict[Tuple[str, ...], str] = {
        (title, name): text for title, texts in _rows(result).items() for name, text in zip(result.built, texts)
    }
    title = f"{project.name} {project.version}"
    lines += manual_grid(title, list(dict.fromkeys(row for row, _ in entries)), list(result.built), entries)
    for test, reason in project.random_tests.items():
        lines += [f"Not compared, as it is a matter of chance: ``{test}`` ({reason}).", ""]
    path = ROOT / "docs" / f"real-world-{project.name}.inc"
    path.write_text("\n".join([*lines, machine, ""]), encoding="utf-8")
