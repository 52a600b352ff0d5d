# SPDX-License-Identifier: BSD-3-Clause
"""Judges what a module calls by what it declares: the verdict on one image."""

import re
from typing import Dict, List, NamedTuple, Optional, Set, Tuple

from cython_ufunc.audit import operations as op
from cython_ufunc.audit import slots
from cython_ufunc.audit.guards import Guards
from cython_ufunc.audit.image import AARCH64, X86_64, Image
from cython_ufunc.audit.knowledge import Key, Use
from cython_ufunc.audit.search import Search
from cython_ufunc.audit.unimported import tables_without_import
from cython_ufunc.audit.values import NO_LIMIT
from cython_ufunc.audit.walk import IMPORTED

OK = "ok"
VIOLATION = "violation"
INCOMPLETE = "incomplete"
NOT_USED = "not used"  # no trace of NumPy's C API

NEWER = "newer than declared"
REMOVED = "removed in NumPy 2"
EARLY = "before the import"
NEVER_IMPORTED = "never imported"

# What NumPy's headers have their import say, since 1.25 and before, and what ours does.
_DECLARED = re.compile(rb"module was compiled against NumPy C-API version 0x%x \(NumPy ([0-9.]+)\)")
_DECLARED_BEFORE = re.compile(rb"module compiled against API version 0x%x but this version of numpy is 0x%x")
_DECLARED_HERE = re.compile(rb"cython-ufunc: needs NumPy ABI 0x(\w+), C API 0x(\w+), release ([\d.]+)\0")
# Older ones run on no Python that is supported.
_OLDEST_FEATURE = 13
_ABI_2 = 0x2000000


class Finding(NamedTuple):
    """A call that goes wrong."""

    kind: str
    table: str
    slot: int
    name: str
    address: int
    function: Optional[str]  # None: the file does not have its name
    needs: str  # the release of NumPy that has the slot
    guard: Optional[str]  # the release that the code makes sure of there


class Guarded(NamedTuple):
    """A use of a slot that is newer than declared, behind a test of the version."""

    table: str
    slot: int
    name: str
    address: int
    function: Optional[str]
    by: str  # the release that the code makes sure of there


class Lost(NamedTuple):
    """Something that was not followed."""

    why: str
    address: int
    function: Optional[str]


class Verdict(NamedTuple):
    """What one image does with NumPy's C API."""

    format: str
    machine: str
    verdict: str
    declared: Optional[str]  # the oldest NumPy that it says it runs on
    needed: Optional[str]  # the oldest one that it runs on
    abi: Optional[int]  # 1 or 2, the major release of NumPy whose headers it was built with
    uses: Dict[Tuple[str, int], List[Tuple[int, Optional[str]]]]  # by table and slot: addresses and functions
    findings: List[Finding]
    guarded: List[Guarded]
    lost: List[Lost]


def judge(image: Image) -> Verdict:
    """The verdict on an image."""
    search = Search(image)
    if not search.uses_tables:
        return _empty(image, NOT_USED, [])
    if image.machine not in (X86_64, AARCH64):
        return _empty(image, INCOMPLETE, [Lost(f"code of the processor {image.machine} is not followed", 0, None)])
    search.run()
    return _Judge(search).verdict()


def _empty(image: Image, verdict: str, lost: List[Lost]) -> Verdict:
    declared = _declared_by_text(image)
    name = slots.release_of(declared) if declared else None
    return Verdict(image.format, image.machine, verdict, name, None, None, {}, [], [], lost)


def _declared_by_text(image: Image) -> Optional[int]:
    """The feature number in the messages of the imports; the lowest of several."""
    found: List[int] = []
    for section in image.sections:
        found += [slots.feature_of(match[1].decode()) for match in _DECLARED.finditer(section.data)]
        found += [int(match[2], 16) for match in _DECLARED_HERE.finditer(section.data)]
    return min(found, default=None)


class _Judge:
    def __init__(self, search: Search) -> None:
        self._search = search
        self._knowledge = search.knowledge
        self._guards = Guards(search)
        self._lost: List[Lost] = [
            Lost(loss.why, loss.address, self._name(loss.function)) for loss in sorted(self._knowledge.losses)
        ]
        self._findings: List[Finding] = []
        self._guarded: List[Guarded] = []
        self._text = _declared_by_text(search.image)
        self._abi = self._read_abi()

    def verdict(self) -> Verdict:
        declared = self._declared_by(None)
        needed = declared
        for use in sorted(self._knowledge.uses.values()):
            needed = max(needed, self._judge(use))
        self._judge_order()
        for unit in tables_without_import(self._search):
            self._add_finding(NEVER_IMPORTED, unit, None)
        said = self._text is not None or bool(self._checks())
        verdict = VIOLATION if self._findings else INCOMPLETE if self._lost else OK
        uses: Dict[Tuple[str, int], List[Tuple[int, Optional[str]]]] = {}
        for use in sorted(self._knowledge.uses.values()):
            uses.setdefault((use.table, use.slot), []).append((use.address, self._name(use.function)))
        return Verdict(
            self._search.image.format,
            self._search.image.machine,
            verdict,
            slots.release_of(declared) if said else None,
            slots.release_of(needed),
            self._abi,
            dict(sorted(uses.items())),
            self._findings,
            self._guarded,
            sorted(set(self._lost), key=lambda lost: (lost.address, lost.why)),
        )

    def _name(self, start: int) -> Optional[str]:
        return self._search.image.name_of(start)

    def _read_abi(self) -> Optional[int]:
        numbers = {number for checks in self._knowledge.abi_checks.values() for number in checks.values()}
        for section in self._search.image.sections:
            numbers |= {int(match[1], 16) for match in _DECLARED_HERE.finditer(section.data)}
        if not numbers:
            return None
        return 2 if max(numbers) >= _ABI_2 else 1

    # -- what is declared

    def _checks(self) -> Dict[int, int]:
        """By importing function: the first number that it compares the version to."""
        return {
            start: checks[min(checks)]
            for start, checks in self._knowledge.version_checks.items()
            if start in self._knowledge.importers and checks
        }

    def _declared_by(self, variable: Optional[Key]) -> int:
        """The feature number that the module's import asks for, or that of one variable's."""
        checks = self._checks()
        if variable is not None:
            found = [checks[start] for start, _ in self._knowledge.imports.get(variable, ()) if start in checks]
            if found and self._is_checked_by_headers():
                return max(_OLDEST_FEATURE, min(found))
        if self._text is not None:
            return max(_OLDEST_FEATURE, self._text)
        if self._is_checked_by_headers() and checks:
            return max(_OLDEST_FEATURE, min(checks.values()))
        return _OLDEST_FEATURE

    def _is_checked_by_headers(self) -> bool:
        """Whether a comparison of the version is that of NumPy's own import, which fails where it is too old."""
        if self._text is not None:
            return True
        return any(_DECLARED_BEFORE.search(section.data) for section in self._search.image.sections)

    # -- what is called

    def _judge(self, use: Use) -> int:
        """Looks at one use; returns the feature number that it needs of the NumPy it runs on."""
        if use.slot < 0 or use.slot >= 1 << 12:
            return 0
        owner = slots.slot(use.table, use.slot, self._abi != 1)
        declared = self._declared_by(use.variable if use.variable != IMPORTED else None)
        removed = owner.last is not None and self._abi is None
        if owner.first <= declared and not removed:
            return 0
        if owner.first == slots.UNKNOWN_FEATURE:
            beyond = use.slot >= slots.length(use.table)
            why = (
                f"it uses {use.table}[{use.slot}], which NumPy {slots.newest_known()}, the newest known, does not have"
                if beyond
                else f"it uses {use.table}[{use.slot}], which no NumPy has"
            )
            self._lost.append(Lost(why, use.address, self._name(use.function)))
            return 0
        proven = self._guards.proven_use(use)
        if proven is None:
            what = f"whether it uses {use.table}[{use.slot}] ({owner.name}) there is not certain"
            self._lost.append(Lost(what, use.address, self._name(use.function)))
            return 0
        return self._judge_removed(proven, owner) if removed else self._judge_newer(proven, owner, declared)

    def _judge_newer(self, use: Use, owner: slots.Slot, declared: int) -> int:
        low = use.low
        if owner.first > max(declared, low):
            low = max(low, self._guards.low_by_callers(use))
        if owner.first <= max(declared, low):
            by = slots.release_of(max(declared, low))
            self._guarded.append(Guarded(use.table, use.slot, owner.name, use.address, self._name(use.function), by))
            return 0
        if self._text is None and self._checks() and not self._is_checked_by_headers():
            what = f"it uses {use.table}[{use.slot}] ({owner.name})"
            why = f"{what}, and what its own check of NumPy's version does is not known"
            self._lost.append(Lost(why, use.address, self._name(use.function)))
            return 0
        self._add_finding(NEWER, use, low)
        return owner.first

    def _judge_removed(self, use: Use, owner: slots.Slot) -> int:
        if owner.last is None or use.high <= owner.last:
            return 0
        if not self._guards.is_called(use):
            what = f"it reads {use.table}[{use.slot}] ({owner.name}), which NumPy 2.0 took away"
            why = f"{what}, and whether it calls it there is not known"
            self._lost.append(Lost(why, use.address, self._name(use.function)))
        else:
            self._add_finding(REMOVED, use, use.low)
        return 0

    def _judge_order(self) -> None:
        """Uses in the functions that import the tables, or call what does, on a way on which that has not happened."""
        image, knowledge = self._search.image, self._knowledge
        importers = {start for places in knowledge.imports.values() for start, _ in places}
        callers: Set[int] = set()
        for start in importers:
            if start not in image.exports:
                callers |= {source for source, _, call in self._search.program.branches_to(start) if call}
        by_function: Dict[int, List[Use]] = {}
        for use in knowledge.uses.values():
            by_function.setdefault(use.function, []).append(use)
        versions = (slots.ABI_VERSION_SLOT, slots.FEATURE_VERSION_SLOT, 210)
        for start in sorted(importers | callers):
            if any(use.slot not in versions for use in by_function.get(start, ())):
                early = self._guards.walk(start).early
                for use in sorted(by_function[start]):
                    once = len(knowledge.imports.get(use.variable, ())) == 1
                    is_early = (use.address, use.table, use.slot) in early and use.slot not in versions
                    if is_early and once and self._import_follows(use):
                        self._add_finding(EARLY, use, None)
        for use in sorted(self._in_constructors(by_function)):
            self._add_finding(EARLY, use, None)

    def _import_follows(self, use: Use) -> bool:
        """Whether control may come from the use to the import: it does not where a static variable is filled once."""
        program, knowledge = self._search.program, self._knowledge
        places = {at for start, at in knowledge.imports[use.variable]}
        importers = {start for start, _ in knowledge.imports[use.variable]}
        code = program.code(use.function)
        todo, seen = [use.address], set()
        while todo:
            address = todo.pop()
            if address in seen or address not in code.positions:
                continue
            seen.add(address)
            for instruction in code.instructions[code.positions[address] :]:
                if instruction.address in places or any(
                    operation[:2] == (op.CALL, op.CALL_DIRECT) and operation[2] in importers
                    for operation in instruction.operations
                ):
                    return True
                if instruction.end:
                    if instruction.end[0] in (op.JUMP, op.BRANCH):
                        todo.append(instruction.end[-1])
                    if instruction.end[0] != op.BRANCH:
                        break
        return False

    def _in_constructors(self, by_function: Dict[int, List[Use]]) -> Set[Use]:
        """Uses in what runs when the library is loaded."""
        program = self._search.program
        found: Set[Use] = set()
        if not by_function:
            return found
        todo = [(self._search.image.function_at(start), 3) for start in self._search.image.constructors]
        seen: Set[int] = set()
        while todo:
            start, depth = todo.pop()
            if start is None or start in seen:
                continue
            seen.add(start)
            if start not in self._knowledge.importers:
                found |= set(by_function.get(start, ()))
            if depth:
                targets = (
                    operation[2]
                    for instruction in program.code(start).instructions
                    for operation in instruction.operations
                    if operation[:2] == (op.CALL, op.CALL_DIRECT)
                )
                todo += [(self._search.image.function_at(target), depth - 1) for target in targets]
        return found

    def _add_finding(self, kind: str, use: Use, low: Optional[int]) -> None:
        owner = slots.slot(use.table, use.slot, self._abi != 1)
        guard = slots.release_of(low) if low and low < NO_LIMIT else None
        needs = slots.release_of(owner.first) if owner.first != slots.UNKNOWN_FEATURE else "?"
        self._findings.append(
            Finding(kind, use.table, use.slot, owner.name, use.address, self._name(use.function), needs, guard)
        )
