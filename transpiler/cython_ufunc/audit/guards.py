# SPDX-License-Identifier: BSD-3-Clause
"""What the code proves of the running NumPy's version before it reads a slot."""

from typing import Dict, Optional, Set, Tuple

from cython_ufunc.audit import operations as op
from cython_ufunc.audit import values as kind
from cython_ufunc.audit.image import X86_64
from cython_ufunc.audit.knowledge import Key, Use
from cython_ufunc.audit.search import Search
from cython_ufunc.audit.values import NO_LIMIT, Value
from cython_ufunc.audit.walk import Proven, Walk

# How many callers up a guard may be.
_CALLERS = 3


class Guards(Proven):
    """Proofs for one image, each made when it is asked for."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._walks: Dict[Tuple[int, int], Walk] = {}
        self._variables: Dict[Key, bool] = {}
        self._results: Dict[int, Optional[Value]] = {}
        self._roots: Dict[int, Set[int]] = {}

    def walk(self, start: int, low: int = 0) -> Walk:
        """What holds on each way through a function, where the version is at least `low` at its entry."""
        key = (start, low)
        if key not in self._walks:
            search = self._search
            walk = Walk(search.program, search.knowledge, start, search.watched(start), proven=self)
            self._walks[key] = walk.from_entry(low)
        return self._walks[key]

    def proven_use(self, use: Use) -> Optional[Use]:
        """The use with the bounds that hold on each way to it; None where no way certainly reads the slot."""
        found: Optional[Use] = None
        for root in self.roots(use.function):
            walk = self.walk(root)
            seen = walk.uses.get((use.address, use.table, use.slot))
            if seen:
                found = (
                    seen
                    if found is None
                    else found._replace(low=min(found.low, seen.low), high=max(found.high, seen.high))
                )
        return found

    def is_called(self, use: Use) -> bool:
        """Whether the function calls what it reads of the slot."""
        return use.called or any((use.table, use.slot) in self.walk(root).called for root in self.roots(use.function))

    def low_by_callers(self, use: Use) -> int:
        """The lowest version there, by what callers of the function, and theirs, have tested."""
        lowest = NO_LIMIT
        for root in self.roots(use.function):
            low = self._low_at_entry(root, _CALLERS, frozenset())
            seen = self.walk(root, low).uses.get((use.address, use.table, use.slot))
            if seen:
                lowest = min(lowest, seen.low)
        return 0 if lowest == NO_LIMIT else lowest

    def roots(self, start: int) -> Set[int]:
        """Where control may enter that comes to this function."""
        if start not in self._roots:
            self._roots[start] = self._search.program.roots(start) or {start}
        return self._roots[start]

    def _low_at_entry(self, start: int, depth: int, seen: "frozenset[int]") -> int:
        program = self._search.program
        if depth == 0 or start in seen or program.address_taken(start):
            return 0
        lowest = NO_LIMIT
        for source, place, call in program.branches_to(start):
            if not call:
                continue
            for root in self.roots(source):
                low = self.walk(root).bounds_at_calls.get(place)
                if low == 0:
                    above = self._low_at_entry(root, depth - 1, seen | {start})
                    low = self.walk(root, above).bounds_at_calls.get(place) if above else 0
                if low is not None:
                    lowest = min(lowest, low)
        return 0 if lowest == NO_LIMIT else lowest

    # -- what walks rely on

    def variable(self, key: Key) -> bool:
        """Whether all that writes the variable writes what is known of it, or zero."""
        if key not in self._variables:
            self._variables[key] = False  # while it is being looked at
            self._variables[key] = isinstance(key, int) and self._is_sound(key)
        return self._variables[key]

    def _is_sound(self, key: int) -> bool:
        search = self._search
        program = search.program
        value = search.knowledge.variables[key]
        if key in search.image.exports:
            return False
        targets = {key} | search.image.pointers_to(key)
        places = {place for place, _ in program.references.to(targets)}
        if search.image.machine != X86_64:
            places |= {place for place, _ in program.references.near(targets)}
        exact = search.image.machine == X86_64
        places_of_stores = set(search.knowledge.stores.get(key, ())) if exact else places
        proven: Dict[int, Value] = {}
        for start in {program.image.function_at(place) for place in places_of_stores}:
            if start is not None and self._writes(start):
                for root in self.roots(start):
                    # Not kept: what this walk may rely on is not known yet.
                    walk = Walk(program, search.knowledge, root, search.watched(root), proven=self).from_entry(0)
                    proven.update({at: each for (stored, at), each in walk.stores.items() if stored == key})
        written = set(proven.values()) - {(kind.NUMBER, 0)}
        return written == {value} and all(self._harmless(place, key, proven) for place in places)

    def _writes(self, start: int) -> bool:
        return any(
            operation[0] == op.STORE
            for instruction in self._search.program.code(start).instructions
            for operation in instruction.operations
        )

    def _harmless(self, place: int, key: int, proven: Dict[int, Value]) -> bool:
        """Whether an instruction that speaks of the variable only reads it, or writes what was proven, or zero."""
        if self._search.image.machine != X86_64:
            return True  # addresses are made in steps: the stores that walks see are all there is
        found = self._search.program.instruction_at(place)
        if found is None or found[1].address in proven:
            return True
        for operation in found[1].operations:
            if operation[0] == op.STORE and operation[1][:3:2] == (None, 0) and operation[1][3] == key:
                if operation[4] != 0:
                    return False
            elif operation[0] == op.SET and operation[2] == key:
                # NumPy's headers take no address of the version: it is the end of what lies in front of it.
                return bool(self._search.knowledge.variables[key][0] == kind.VERSION)
        return True

    def result(self, start: int) -> Optional[Value]:
        """What the function returns on each way."""
        known = self._search.knowledge.results.get(start)
        if known is not None and known[0] == kind.TABLE:
            return known
        if start not in self._results:
            self._results[start] = None  # while it is being looked at
            if known is not None:
                self._results[start] = self.walk(start).result()
        return self._results[start]
