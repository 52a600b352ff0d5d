# SPDX-License-Identifier: BSD-3-Clause
"""Trying faults and counting what survived.

A subject is a function that takes a Lab. It tries each fault in a block of its own:

    def run(lab: Lab) -> None:
        for number in range(lab.number(quick=2, full=50)):
            with lab.fault("full disk"):
                ...                                     # do harm, then
                expect(build.succeeds(), "the reason")  # or raise: FaultError, LossError, CalledProcessError, ...

Faults of one name are one line of the table. A block that raises has not survived; the other blocks run all the same.
"""

import contextlib
import random
import shutil
import subprocess
import traceback
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Sequence

from compatibility.report import FAIL, NOT_POSSIBLE, PASS, Row

HEAD = ["subject", "fault", "tried", "survived", "lost"]


class FaultError(Exception):
    """What should have survived did not; the text says what was seen."""


class LossError(FaultError):
    """Something that a user had is gone or damaged."""


def expect(condition: object, what_was_seen: str) -> None:
    """Raises FaultError unless `condition` holds."""
    if not condition:
        raise FaultError(what_was_seen)


def expect_kept(condition: object, what_was_lost: str) -> None:
    """Raises LossError unless `condition` holds."""
    if not condition:
        raise LossError(what_was_lost)


class Tools(NamedTuple):
    """The programs that builds are made with."""

    python: Path  # with Cython and NumPy
    meson: Path


class Count:
    """What became of the faults of one name."""

    def __init__(self) -> None:
        self.tried = 0
        self.survived = 0
        self.losses: List[str] = []
        self.failures: List[str] = []
        self.obstacle = ""  # why it was not tried


class Lab:
    """Where the faults of one subject are tried."""

    def __init__(self, subject: str, scratch: Path, tools: Tools, *, quick: bool, seed: int) -> None:
        """`scratch` is emptied."""
        self.subject = subject
        self.scratch = scratch
        self.tools = tools
        self.quick = quick
        self.random = random.Random(f"{seed} {subject}")  # noqa: S311  # to be repeated, not to be secret
        self.counts: Dict[str, Count] = {}
        self._kept = 0
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)

    def run(self, subject: Callable[["Lab"], None]) -> None:
        """Runs a subject. What it raises outside of its faults is a fault that did not survive."""
        try:
            subject(self)
        except (Exception, SystemExit) as error:
            with self.fault("(getting ready)"):
                raise error

    def number(self, quick: int, full: int) -> int:
        """How often to try something."""
        return quick if self.quick else full

    @contextlib.contextmanager
    def fault(self, name: str, detail: str = "") -> Iterator[None]:
        """Counts one fault, which the block tries. `detail`, such as what was chosen at random, is printed with it."""
        count = self.counts.setdefault(name, Count())
        count.tried += 1
        try:
            yield
        except (Exception, SystemExit) as error:
            text = _text_of(error)
            (count.losses if isinstance(error, LossError) else count.failures).append(text.split("\n")[0])
            print(f"---- {self.subject}: {name} {detail}\n{text}\n", flush=True)
        else:
            count.survived += 1
            print(f"survived  {self.subject}: {name} {detail}".rstrip(), flush=True)

    def not_tried(self, name: str, reason: str) -> None:
        """Notes that a fault cannot be tried here, and why."""
        self.counts.setdefault(name, Count()).obstacle = reason
        print(f"Not tested: {self.subject}: {name}: {reason}", flush=True)

    def count_of(self, what: str) -> int:
        """How many faults were "tried", have "survived", or "lost" something."""
        counts = self.counts.values()
        if what == "lost":
            return sum(len(count.losses) for count in counts)
        return sum(getattr(count, what) for count in counts)


def _text_of(error: BaseException) -> str:
    if isinstance(error, FaultError):
        return str(error)
    if isinstance(error, subprocess.CalledProcessError):
        return f"{error}\n{error.stdout or ''}{error.stderr or ''}"
    return f"{type(error).__name__}: {error}\n{traceback.format_exc()}"


def rows_of(lab: Lab) -> Sequence[Row]:
    """The lines of the table for one subject."""
    rows = []
    for name, count in lab.counts.items():
        lost = "; ".join(sorted(set(count.losses))) or ("nothing" if count.tried else "")
        outcome = PASS if count.survived == count.tried else FAIL
        reason = "; ".join(sorted(set(count.failures)))
        if not count.tried:
            outcome, reason = NOT_POSSIBLE, count.obstacle
        rows.append(Row([lab.subject, name, str(count.tried), str(count.survived), lost], outcome, reason[:200]))
    return rows
