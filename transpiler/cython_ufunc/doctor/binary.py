# SPDX-License-Identifier: BSD-3-Clause
"""What the files of extension modules say of themselves, whatever system they are for."""

import struct
from typing import List, NamedTuple, Sequence, Tuple


class Binary(NamedTuple):
    """A shared library, as its headers describe it."""

    format: str  # ELF, PE or Mach-O
    system: str  # as sys.platform begins there; an empty string where the file does not tell
    machine: str  # the processor, as platform.machine() calls it on Linux; several are joined by '+'
    image: bytes  # what is loaded from it: its code and its strings, without symbols and debug information
    exports: List[str]  # what it defines for others
    libraries: List[str]  # what it has to be loaded with
    run_paths: List[str]  # where it has the loader look for them
    symbols: List[str]  # the names of its own functions and variables; none when it is stripped


class DamagedError(Exception):
    """The headers speak of something that is not there; the message says of what."""


class Fields:
    """Reads numbers and strings at places of a file."""

    def __init__(self, data: bytes, order: str) -> None:
        """`order`: the byte order as `struct` writes it, '<' or '>'."""
        self.data = data
        self._order = order

    def unpack(self, layout: str, offset: int) -> List[int]:
        """The numbers at `offset`. Raises DamagedError where the file ends before."""
        layout = self._order + layout
        self.slice(offset, struct.calcsize(layout), "its headers")
        return list(struct.unpack_from(layout, self.data, offset))

    def slice(self, offset: int, size: int, what: str) -> bytes:
        """`size` bytes at `offset`. Raises DamagedError where the file ends before."""
        if offset < 0 or size < 0 or offset + size > len(self.data):
            raise DamagedError(f"{what} should reach to byte {offset + size}, but the file has {len(self.data)}")
        return self.data[offset : offset + size]

    def join(self, pieces: Sequence[Tuple[int, int]], what: str) -> bytes:
        """The pieces, given by offset and size, with a zero between them. Raises DamagedError for impossible ones."""
        if sum(size for _, size in pieces) > 2 * len(self.data):
            raise DamagedError(f"{what} overlap")
        return b"\0".join(self.slice(offset, size, what) for offset, size in pieces)

    def string(self, offset: int) -> str:
        """The string at `offset`, which a zero ends. Raises DamagedError where the file ends before."""
        end = self.data.find(b"\0", offset)
        if offset < 0 or end < 0:
            raise DamagedError(f"a name at byte {offset} has no end")
        return self.data[offset:end].decode("utf-8", "replace")
