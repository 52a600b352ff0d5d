# SPDX-License-Identifier: BSD-3-Clause
"""Finds where an image keeps NumPy's tables, and each place that reads a slot.

It begins at the names under which NumPy publishes the tables. What imports them stores them in variables; what reads
those is walked through, until no new variable, function that returns a table, or function that is given one appears.
"""

import re
from typing import Dict, Iterable, Set

from cython_ufunc.audit import values as kind
from cython_ufunc.audit.image import X86_64, Image
from cython_ufunc.audit.knowledge import Key, Knowledge, Loss
from cython_ufunc.audit.program import Program
from cython_ufunc.audit.slots import ARRAY, UFUNC
from cython_ufunc.audit.walk import IMPORTED, NAMED, STORED_SOMEWHERE, Proven, Walk, Watched, table_named

_NAMES = {b"_ARRAY_API": ARRAY, b"_UFUNC_API": UFUNC}
# What variables with the tables are called, by NumPy's headers or by PY_ARRAY_UNIQUE_SYMBOL's users.
_FOREIGN = re.compile(r"(?i)(?:^|.*_)(?:Py)?(Array|UFunc)_API$")
_UNPACKERS = ("PyCapsule_GetPointer", "PyCapsule_Import")


def names_in(image: Image) -> Dict[int, str]:
    """Where the names of the tables are, by address: strings that end with a zero, as C's do."""
    found: Dict[int, str] = {}
    for section in image.sections:
        for name, table in _NAMES.items():
            at = section.data.find(name + b"\0")
            while at >= 0:
                found[section.address + at] = table
                begin = section.data.rfind(b"\0", 0, at) + 1
                if table_named(section.data[begin : at + len(name)]):
                    found[section.address + begin] = table
                at = section.data.find(name + b"\0", at + 1)
    return found


def unended_names_in(image: Image) -> Dict[int, str]:
    """The same for strings without an end, as Rust's are."""
    found: Dict[int, str] = {}
    for section in image.sections:
        for name, table in _NAMES.items():
            for match in re.finditer(rb"(?<![A-Z])" + name, section.data):
                found[section.address + match.start()] = table
    return found


class Search:
    """The search through one image; `run` does it, and what is found is in `knowledge`."""

    def __init__(self, image: Image) -> None:
        self.image = image
        self.program = Program(image)
        self.knowledge = Knowledge()
        self.names = names_in(image)
        self.unended = not self.names
        if self.unended:
            self.names = unended_names_in(image)
        self._foreign = _foreign_tables(image)
        self._places: Dict[int, Set[int]] = {}  # by function: what walks begin at
        self._tables_named: Dict[int, Set[str]] = {}  # by function
        self._spoken_of: Dict[int, bool] = {}

    @property
    def uses_tables(self) -> bool:
        """Whether the image speaks of one of the tables at all."""
        return bool(self.names or self._foreign)

    def run(self) -> "Search":
        """Searches until nothing new is found."""
        if not self.uses_tables:
            return self
        for symbol, table in self._foreign.items():
            self.knowledge.variables[symbol] = (kind.TABLE, table, 0, symbol)
        dirty = self._refer_to(set(self.names), names=True)
        dirty |= self._refer_to_variables(self._foreign)
        self._add_unpackers(dirty)
        while dirty:
            before = set(self.knowledge.variables)
            known_results = set(self.knowledge.results)
            entered: Set[int] = set()
            for start in sorted(dirty):
                entered |= self._walk(start)
            dirty = self._refer_to_variables(set(self.knowledge.variables) - before)
            dirty |= self._refer_to(set(self.knowledge.results) - known_results)
            dirty |= {start for start in entered if self.image.function_at(start) == start}
        self._check_names()
        self._check_addresses()
        return self

    def watched(self, start: int) -> Watched:
        """What code of the function may speak of that matters, as far as it is known."""
        tables = {key for key in self.knowledge.variables if isinstance(key, int)}
        addresses = tables | self._pointers_to(self.knowledge.variables)
        if start not in self._tables_named:
            return Watched(frozenset(addresses), frozenset())
        addresses |= set(self.names)
        if self.image.machine != X86_64:
            addresses |= self._pointers_to(NAMED)
        return Watched(frozenset(addresses), frozenset(self.names))

    def _walk(self, start: int) -> Set[int]:
        """Walks through a function from all places known so far; returns the functions that are given a table."""
        places = self._places.get(start, set())
        tables = self._tables_named.get(start, set())
        knowledge = self.knowledge
        watched = self.watched(start)
        walk = Walk(self.program, knowledge, start, watched).from_places(places)
        if walk.names_seen:
            self._spoken_of[start] = True
        if (
            len(tables) == 1
            and walk.names_seen
            and start not in knowledge.importers
            and start not in knowledge.providers
        ):
            walk = Walk(self.program, knowledge, start, watched, guessed_table=next(iter(tables))).from_places(places)
        if any(loss.function == start and loss.why == STORED_SOMEWHERE for loss in knowledge.losses):
            self._find_variable(start, walk.guesses > 0)
        result = walk.result()
        if result is not None:
            knowledge.results.setdefault(start, result)
            # What an import leaves in the register of a function that returns nothing is no result.
            deliberate = result[0] == kind.TABLE and result[3] != IMPORTED and len(result) == 4
            if deliberate and (start in self.image.exports or start in self.program.stored):
                knowledge.lose(start, start, "a function that can be called from elsewhere returns the table")
        return walk.new_entries

    def _find_variable(self, start: int, guessed: bool) -> None:
        """Looks where an import stores the table, when that is told by what happens before the import."""
        table = next(iter(self._tables_named.get(start, ())), None) if guessed else None
        walk = Walk(self.program, self.knowledge, start, self.watched(start), Proven(), table).from_entry(0)
        for at, (key, found) in walk.imported.items():
            self.knowledge.variables.setdefault(key, (kind.TABLE, found, 0, key))
            self.knowledge.imports.setdefault(key, set()).add((start, at))
            self.knowledge.losses.discard(Loss(at, start, STORED_SOMEWHERE))

    def _refer_to(self, targets: Set[int], names: bool = False) -> Set[int]:
        """Notes the places that speak of `targets`; returns their functions."""
        if not targets:
            return set()
        references = self.program.references
        found = references.to(targets)
        if self.image.machine != X86_64:
            found = found + [(place, target) for target in targets for place, _ in references.near({target})]
        functions: Set[int] = set()
        for place, target in found:
            start = self.image.function_at(place)
            if start is None:
                continue
            functions.add(start)
            self._places.setdefault(start, set()).add(place)
            if names:
                self._tables_named.setdefault(start, set()).add(self.names[target])
        return functions

    def _refer_to_variables(self, keys: Iterable[Key]) -> Set[int]:
        keys = set(keys)
        addresses = {key for key in keys if isinstance(key, int)}
        return self._refer_to(addresses | self._pointers_to(keys))

    def _pointers_to(self, keys: Iterable[Key]) -> Set[int]:
        """The places where the loader writes the address of one of `keys`."""
        return {place for key in keys for place in self.image.pointers_to(key)}

    def _add_unpackers(self, functions: Set[int]) -> None:
        """Has walks through functions that name a table begin, too, where they get a pointer out of a capsule."""
        thunks = {address for address, name in self.image.thunks.items() if name in _UNPACKERS}
        targets = thunks | self._pointers_to(NAMED)
        found = self.program.references.to(targets)
        if self.image.machine != X86_64:
            found = found + self.program.references.near(self._pointers_to(NAMED))
        for place, _ in found:
            start = self.image.function_at(place)
            if start in functions and start is not None:
                self._places[start].add(place)

    def _check_names(self) -> None:
        """Each function that names a table has to be understood."""
        knowledge = self.knowledge
        for start, tables in self._tables_named.items():
            if not self._spoken_of.get(start) or start in knowledge.providers:
                continue
            if not tables & knowledge.importers.get(start, set()):
                names = " and ".join(sorted(f"_{table.upper()}_API" for table in tables))
                knowledge.lose(start, start, f"a function names {names}, and what it does with it is not seen")
        understood = {table for tables in knowledge.importers.values() for table in tables}
        if not understood and not knowledge.providers and self.names:
            where = min(self.names)
            knowledge.lose(where, where, "the table is named, and no function is seen that imports it")

    def _check_addresses(self) -> None:
        """A pointer to a variable, in data, lets others read it."""
        for place, pointer in self.image.pointers.items():
            held = self.knowledge.variables.get(pointer.address) if pointer.address is not None else None
            section = self.image.section_at(place)
            if held and held[0] == kind.TABLE and section and not section.name.lstrip("_.").startswith("got"):
                self.knowledge.lose(place, place, "data has a pointer to the table's variable")
        for symbol in self._foreign:
            self.knowledge.lose(0, 0, f"the table is another library's: its variable is {symbol}")


def _foreign_tables(image: Image) -> Dict[str, str]:
    found: Dict[str, str] = {}
    for symbol in image.imports():
        match = _FOREIGN.match(symbol)
        if match:
            found[symbol] = match[1].lower()
    return found
