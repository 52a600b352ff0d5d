# SPDX-License-Identifier: BSD-3-Clause
"""The outcomes of test suites, read from the files that pytest writes for JUnit, and how those of two runs differ."""

import collections
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Counter, Dict, List, Mapping, NamedTuple

PASSED, NOT_RUN = "passed", "not run"


class Difference(NamedTuple):
    """A test that two runs do not agree on."""

    test: str
    first: str  # its outcome
    second: str

    def __str__(self) -> str:
        return f"{self.test}: {self.first}, then {self.second}"


def read_outcomes(path: Path) -> Dict[str, str]:
    """The outcome of each test in a file of JUnit's format: passed, failed, error, skipped or xfailed.

    A test that fails, and once more while it is cleaned up, has both of its outcomes.
    """
    found: Dict[str, List[str]] = collections.defaultdict(list)
    for case in ET.parse(path).getroot().iter("testcase"):
        found[f"{case.get('classname')}::{case.get('name')}"].append(_outcome(case))
    return {test: "+".join(sorted(outcomes)) for test, outcomes in found.items()}


def _outcome(case: ET.Element) -> str:
    for tag, outcome in (("failure", "failed"), ("error", "error")):
        if case.find(tag) is not None:
            return outcome
    skipped = case.find("skipped")
    if skipped is None:
        return PASSED
    return "xfailed" if skipped.get("type") == "pytest.xfail" else "skipped"


def compare(first: Mapping[str, str], second: Mapping[str, str], but_for: Mapping[str, str]) -> List[Difference]:
    """Where two runs differ, tests that only one of them has included; the tests in `but_for` may."""
    pairs = (
        Difference(test, first.get(test, NOT_RUN), second.get(test, NOT_RUN)) for test in sorted({*first, *second})
    )
    return [pair for pair in pairs if pair.first != pair.second and pair.test not in but_for]


def count(outcomes: Mapping[str, str]) -> Counter[str]:
    """How many tests have each outcome."""
    return collections.Counter(outcomes.values())
