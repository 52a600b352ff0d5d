# SPDX-License-Identifier: BSD-3-Clause
"""The slots of NumPy's two tables, by the release that has them: `ci/numpy-slots` makes `slots.json`."""

import functools
import json
import re
from pathlib import Path
from typing import Any, Dict, NamedTuple, Optional

ARRAY = "array"
UFUNC = "ufunc"
# A slot that no known release has needs a NumPy that is newer than all of them.
UNKNOWN_FEATURE = 1 << 16
# The two slots by which a module learns what it runs on, and must call before it knows.
ABI_VERSION_SLOT = 0
FEATURE_VERSION_SLOT = 211


class Slot(NamedTuple):
    """An owner of a place in a table."""

    name: str
    first: int  # the feature number of the first NumPy that has it; 0: all have it
    last: Optional[int]  # of the last one; None: it is still there


@functools.lru_cache(maxsize=None)
def _table() -> Dict[str, Any]:
    table: Dict[str, Any] = json.loads(Path(__file__).with_name("slots.json").read_text(encoding="utf-8"))
    return table


@functools.lru_cache(maxsize=None)
def slot(table: str, index: int, numpy_2: bool) -> Slot:
    """The owner of a place, as headers of NumPy 1 or 2 mean it."""
    owners = _table()[table].get(str(index))
    if not owners:
        return Slot(f"slot {index}", UNKNOWN_FEATURE, None)
    name, first, last = owners[-1 if numpy_2 else 0]
    return Slot(name, first, last)


@functools.lru_cache(maxsize=None)
def length(table: str) -> int:
    """How many places the newest known table has."""
    return max(map(int, _table()[table])) + 1


def newest_known() -> str:
    """The newest release of NumPy that the table knows."""
    newest: str = _table()["newest"]
    return newest


def release_of(feature: int) -> str:
    """The first release of NumPy that has the feature number: `2.5`."""
    releases: Dict[str, str] = _table()["features"]
    known = sorted(map(int, releases))
    if feature > known[-1]:
        return f"newer than {newest_known()}"
    return releases[str(next(number for number in known if number >= feature))]


def feature_of(release: str) -> int:
    """The feature number of a release, given as `1.20` or `2.5.1`; that of the release before for one between two."""
    wanted = _pair(release)
    found = [int(number) for number, first in _table()["features"].items() if _pair(first) <= wanted]
    return max(found, default=0)


def _pair(release: str) -> "tuple[int, int]":
    numbers = [int(number) for number in re.findall(r"\d+", release)[:2]]
    return (numbers + [0, 0])[0], (numbers + [0, 0])[1]
