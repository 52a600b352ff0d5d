# SPDX-License-Identifier: BSD-3-Clause
"""Which code speaks of an address: an index of all addresses that instructions make of their own place.

On x86-64 every byte that may be the operand of such an instruction counts, so that there are a few references too
many, and none too few. On AArch64 an address is made in two steps, which may be far apart: `near` finds functions
that may do both.
"""

import functools
from typing import Any, Dict, Iterable, List, Set, Tuple

import numpy as np

from cython_ufunc.audit.image import X86_64, Image, Section

# What may follow the four bytes of an operand: nothing, or a number of these lengths.
_TRAILING = (0, 1, 2, 4)
# Compilers address static variables of one file from a common anchor, up to so far from it.
ANCHOR_BELOW, ANCHOR_ABOVE = 4096 + 256, 256
_PAGE = 4096


class _Index:
    """Pairs of a target and the place that speaks of it, in the order of targets."""

    def __init__(self, targets: Any, places: Any) -> None:
        order = np.argsort(targets, kind="stable")
        self._targets = targets[order]
        self._places = places[order]

    def within(self, first: int, last: int) -> Iterable[Tuple[int, int]]:
        """The pairs whose target is between the two, which belong to it."""
        low = np.searchsorted(self._targets, first, side="left")
        high = np.searchsorted(self._targets, last, side="right")
        return zip(self._targets[low:high].tolist(), self._places[low:high].tolist())


def _concatenated(parts: List[Tuple[Any, Any]]) -> _Index:
    if not parts:
        empty: Any = np.zeros(0, dtype=np.int64)
        return _Index(empty, empty)
    return _Index(np.concatenate([targets for targets, _ in parts]), np.concatenate([places for _, places in parts]))


class References:
    """The index of one image, each part made when it is asked for."""

    def __init__(self, image: Image) -> None:
        self._image = image
        self._known_offsets: Dict[int, Tuple[Set[int], Set[int]]] = {}

    def to(self, targets: Set[int]) -> List[Tuple[int, int]]:
        """`(place, target)` of all that may speak of one of `targets`; the place is in an instruction, or begins it."""
        found: List[Tuple[int, int]] = []
        if self._image.machine == X86_64:
            for target in targets:
                pairs = self._operands.within(target - max(_TRAILING), target)
                found += [(place, target) for base, place in pairs if target - base in _TRAILING]
        else:
            for target in targets:
                found += [(place, target) for _, place in self._near_addresses.within(target, target)]
        return found

    def calls_and_jumps(self, target: int) -> List[Tuple[int, bool]]:
        """`(place, whether it is a call)` of the direct branches to `target`."""
        return [(place >> 1, bool(place & 1)) for _, place in self._branches.within(target, target)]

    def branches_into(self, first: int, last: int) -> List[Tuple[int, int, bool]]:
        """`(target, place, whether it is a call)` of the direct branches to an address between the two."""
        return [(target, place >> 1, bool(place & 1)) for target, place in self._branches.within(first, last)]

    def near(self, targets: Set[int]) -> List[Tuple[int, int]]:
        """On AArch64: `(place, page)` of the instructions that may take the page, or anchor, of one of `targets`.

        Only in functions that have an access of the rest of the distance, too.
        """
        found: Set[Tuple[int, int]] = set()
        for target in targets:
            pairs = self._pages.within((target - ANCHOR_BELOW) & ~(_PAGE - 1), (target + ANCHOR_ABOVE) & ~(_PAGE - 1))
            by_function: Dict[int, List[Tuple[int, int]]] = {}
            for page, place in pairs:
                start = self._image.function_at(place)
                if start is not None:
                    by_function.setdefault(start, []).append((place, page))
            for start, places in by_function.items():
                offsets = self.offsets(start)
                for place, page in places:
                    if reaches(target - page, offsets):
                        found.add((place, page))
        return sorted(found)

    def offsets(self, start: int) -> Tuple[Set[int], Set[int]]:
        """AArch64: the numbers that a function adds to registers, and those at which it accesses memory."""
        if start not in self._known_offsets:
            self._known_offsets[start] = self._read_offsets(start)
        return self._known_offsets[start]

    def _read_offsets(self, start: int) -> Tuple[Set[int], Set[int]]:
        words = np.frombuffer(self._image.code_of(start)[: (self._image.end_of(start) - start) // 4 * 4], dtype="<u4")
        added = words[(words & 0xFF800000) == 0x91000000].astype(np.int64)
        added = (added >> 10 & 0xFFF) << np.where(added >> 22 & 1, 12, 0)
        simple = words[(words & 0x3B000000) == 0x39000000].astype(np.int64)
        # A vector register of 16 bytes scales by 16.
        scale = np.where((simple >> 26 & 1) & (simple >> 23 & 1), 4, simple >> 30)
        accessed = (simple >> 10 & 0xFFF) << scale
        unscaled = words[(words & 0x3B200C00) == 0x38000000].astype(np.int64) >> 12 & 0x1FF
        unscaled = np.where(unscaled >> 8, unscaled - 512, unscaled)
        pairs = words[(words & 0x3A000000) == 0x28000000].astype(np.int64)
        pair = pairs >> 15 & 0x7F
        width = np.where(pairs >> 26 & 1, 4 << (pairs >> 30), np.where(pairs >> 31, 8, 4))
        pair = np.where(pair >> 6, pair - 128, pair) * width
        numbers = {0, *accessed.tolist(), *unscaled.tolist(), *pair.tolist(), *(pair + width).tolist()}
        return {0, *added.tolist()}, numbers

    @functools.cached_property
    def _operands(self) -> _Index:
        """x86-64: what `[rip + d]`, a call or a jump speaks of, without what may follow the operand."""
        parts = []
        for section in self._image.code():
            code = np.frombuffer(section.data, dtype=np.uint8)
            if len(code) < 6:
                continue
            before = code[:-4]
            at = np.flatnonzero(((before & 0xC7) == 5) | ((before & 0xFE) == 0xE8) | ((before & 0xF0) == 0x80))
            parts.append((section.address + at + 5 + _numbers(code, at + 1), section.address + at + 1))
        return _concatenated(parts)

    @functools.cached_property
    def _branches(self) -> _Index:
        parts = []
        for section in self._image.code():
            make = _branches_x86_64 if self._image.machine == X86_64 else _branches_aarch64
            parts += make(section)
        return _concatenated(parts)

    @functools.cached_property
    def _words(self) -> List[Tuple[Section, Any, Any]]:
        found: List[Tuple[Section, Any, Any]] = []
        for section in self._image.code():
            words = np.frombuffer(section.data, dtype="<u4", count=len(section.data) // 4).astype(np.int64)
            found.append((section, words, section.address + 4 * np.arange(len(words), dtype=np.int64)))
        return found

    @functools.cached_property
    def _pages(self) -> _Index:
        """AArch64: the pages that `adrp` takes."""
        parts = []
        for _, words, addresses in self._words:
            at = np.flatnonzero((words & 0x9F000000) == 0x90000000)
            pages = (words[at] >> 5 & 0x7FFFF) << 2 | (words[at] >> 29 & 3)
            parts.append((((addresses[at] >> 12) + _sign(pages, 21)) << 12, addresses[at]))
        return _concatenated(parts)

    @functools.cached_property
    def _near_addresses(self) -> _Index:
        """AArch64: the addresses that `adr` takes, or a load, or a branch has."""
        parts = []
        for _, words, addresses in self._words:
            at = np.flatnonzero((words & 0x9F000000) == 0x10000000)
            parts.append(
                (addresses[at] + _sign((words[at] >> 5 & 0x7FFFF) << 2 | (words[at] >> 29 & 3), 21), addresses[at])
            )
            at = np.flatnonzero((words & 0xBF000000) == 0x18000000)
            parts.append((addresses[at] + 4 * _sign(words[at] >> 5 & 0x7FFFF, 19), addresses[at]))
            at = np.flatnonzero((words & 0x7C000000) == 0x14000000)
            parts.append((addresses[at] + 4 * _sign(words[at] & 0x3FFFFFF, 26), addresses[at]))
        return _concatenated(parts)


def reaches(distance: int, offsets: Tuple[Set[int], Set[int]]) -> bool:
    """Whether a function with these numbers may come from an address to one that is so far from it."""
    added, accessed = offsets
    return any(distance - number in accessed for number in added)


def _sign(numbers: Any, bits: int) -> Any:
    return np.where(numbers >> (bits - 1), numbers - (1 << bits), numbers)


def _numbers(code: Any, at: Any) -> Any:
    """The signed numbers of four bytes at these places."""
    value = sum(code[at + index].astype(np.int64) << (8 * index) for index in range(4))
    return _sign(value, 32)


def _branches_x86_64(section: Section) -> List[Tuple[Any, Any]]:
    code = np.frombuffer(section.data, dtype=np.uint8)
    parts: List[Tuple[Any, Any]] = []
    if len(code) < 8:
        return parts
    for opcode, call in ((0xE8, 1), (0xE9, 0)):
        at = np.flatnonzero(code[:-4] == opcode)
        parts.append((section.address + at + 5 + _numbers(code, at + 1), (section.address + at) << 1 | call))
    at = np.flatnonzero((code[:-5] == 0x0F) & ((code[1:-4] & 0xF0) == 0x80))
    parts.append((section.address + at + 6 + _numbers(code, at + 2), (section.address + at) << 1))
    at = np.flatnonzero((code[:-1] == 0xEB) | ((code[:-1] & 0xF0) == 0x70))
    parts.append((section.address + at + 2 + _sign(code[at + 1].astype(np.int64), 8), (section.address + at) << 1))
    return parts


def _branches_aarch64(section: Section) -> List[Tuple[Any, Any]]:
    words = np.frombuffer(section.data, dtype="<u4", count=len(section.data) // 4).astype(np.int64)
    parts: List[Tuple[Any, Any]] = []
    for mask, value, shift, bits, call in (
        (0xFC000000, 0x94000000, 0, 26, 1),
        (0xFC000000, 0x14000000, 0, 26, 0),
        (0xFF000010, 0x54000000, 5, 19, 0),
        (0x7E000000, 0x34000000, 5, 19, 0),
        (0x7E000000, 0x36000000, 5, 14, 0),
    ):
        at = np.flatnonzero((words & mask) == value)
        distance = _sign(words[at] >> shift & ((1 << bits) - 1), bits)
        places = section.address + 4 * at
        parts.append((places + 4 * distance, places << 1 | call))
    return parts
