# SPDX-License-Identifier: BSD-3-Clause
"""A shared library as the loader sees it, whatever its format: sections, functions, and what its addresses mean."""

import bisect
import struct
from typing import Dict, Iterator, List, NamedTuple, Optional, Set, Tuple, Union

X86_64 = "x86_64"
AARCH64 = "aarch64"


class Section(NamedTuple):
    """A piece of memory."""

    name: str
    address: int
    size: int
    data: bytes  # may be shorter than `size`: what follows is zero
    executable: bool
    writable: bool

    def holds(self, address: int) -> bool:
        """Whether `address` is in it."""
        return self.address <= address < self.address + self.size


class Pointer(NamedTuple):
    """What the loader writes to an address: that of a symbol, here or in another library, or that of a place here."""

    symbol: Optional[str]
    address: Optional[int]  # None: in another library


class Image:
    """A shared library, or one processor's part of it."""

    def __init__(self, file_format: str, machine: str) -> None:
        """`machine`: X86_64, AARCH64 or another processor's name."""
        self.format = file_format  # ELF, PE or Mach-O
        self.machine = machine
        self.sections: List[Section] = []
        self.pointers: Dict[int, Pointer] = {}  # by where they are written
        self._pointers_to: Dict[Union[int, str], Set[int]] = {}
        self.thunks: Dict[int, str] = {}  # code that jumps on to a function of another library
        self.names: Dict[int, str] = {}  # of functions
        self.data_names: Dict[int, str] = {}  # of variables
        self.exports: Set[int] = set()
        self.constructors: List[int] = []
        self.starts: List[int] = []  # of functions, in order
        self.ends: List[int] = []

    def set_functions(self, ranges: List[Tuple[int, int]]) -> None:
        """`ranges`: first address and the one behind the last of each, in any order; overlapping ones are cut."""
        for section in (each for each in self.sections if each.executable):
            ranges = _cover(ranges, section)
        merged: List[Tuple[int, int]] = []
        for start, end in sorted(set(ranges)):
            if merged and start == merged[-1][0]:
                merged[-1] = (start, max(end, merged[-1][1]))
            else:
                if merged and merged[-1][1] > start:
                    merged[-1] = (merged[-1][0], start)
                merged.append((start, end))
        self.starts = [start for start, _ in merged]
        self.ends = [end for _, end in merged]

    def function_at(self, address: int) -> Optional[int]:
        """The start of the function that `address` is in."""
        index = bisect.bisect_right(self.starts, address) - 1
        return self.starts[index] if index >= 0 and address < self.ends[index] else None

    def end_of(self, start: int) -> int:
        """The address behind the function that begins at `start`."""
        return self.ends[bisect.bisect_left(self.starts, start)]

    def name_of(self, start: Optional[int]) -> Optional[str]:
        """The name of the function that begins at `start`, where the file has it."""
        return self.names.get(start) if start is not None else None

    def section_at(self, address: int) -> Optional[Section]:
        """The section that `address` is in."""
        return next((section for section in self.sections if section.holds(address)), None)

    def stored_at(self, address: int) -> Optional[int]:
        """The pointer that the file has at `address`; None where it has none there."""
        section = self.section_at(address)
        if section is None or address - section.address + 8 > len(section.data):
            return None
        number: int = struct.unpack_from("<Q", section.data, address - section.address)[0]
        return number

    def code_of(self, start: int) -> bytes:
        """The instructions of the function that begins at `start`."""
        section = self.section_at(start)
        if section is None:
            return b""
        return section.data[start - section.address : self.end_of(start) - section.address]

    def string_at(self, address: int) -> Optional[bytes]:
        """The string there, without the zero that ends it."""
        section = self.section_at(address)
        if section is None or section.writable:
            return None
        end = section.data.find(b"\0", address - section.address, address - section.address + 200)
        return section.data[address - section.address : end] if end >= 0 else None

    def code(self) -> Iterator[Section]:
        """Sections with instructions."""
        return (section for section in self.sections if section.executable and section.data)

    def stored_addresses(self) -> Set[int]:
        """Addresses of its own that the loader writes somewhere: those functions can be called by pointer."""
        return {pointer.address for pointer in self.pointers.values() if pointer.address is not None}

    def pointers_to(self, key: Union[int, str]) -> Set[int]:
        """Where the loader writes an address here, or that of another library's symbol."""
        if not self._pointers_to:
            for place, pointer in self.pointers.items():
                target = pointer.symbol if pointer.address is None else pointer.address
                if target is not None:
                    self._pointers_to.setdefault(target, set()).add(place)
        return self._pointers_to.get(key, set())

    def imports(self) -> Set[str]:
        """What it takes of other libraries."""
        return {pointer.symbol for pointer in self.pointers.values() if pointer.symbol and pointer.address is None}


def _cover(ranges: List[Tuple[int, int]], section: Section) -> List[Tuple[int, int]]:
    """Adds what of the section's code no function covers, such as assembly, so that none is skipped."""
    inside = sorted(each for each in ranges if section.holds(each[0]))
    position = section.address
    added: List[Tuple[int, int]] = []
    for start, end in inside:
        if start - position >= 16:
            added.append((position, start))
        position = max(position, end)
    if section.address + section.size - position >= 16:
        added.append((position, section.address + section.size))
    return ranges + added
