# SPDX-License-Identifier: BSD-3-Clause
"""Reads shared libraries of Windows: https://learn.microsoft.com/windows/win32/debug/pe-format."""

from typing import List, NamedTuple

from cython_ufunc.doctor.binary import Binary, DamagedError, Fields

MAGIC = (b"MZ",)

_MACHINES = {0x14C: "i686", 0x8664: "x86_64", 0xAA64: "aarch64", 0x1C4: "armv7l"}
_EXPORTS = 0
_IMPORTS = 1
_DELAYED_IMPORTS = 13
_SYMBOL_SIZE = 18


class _Section(NamedTuple):
    name: str
    address: int
    offset: int
    size: int


class _Pe(Fields):
    """A file and the tables that its headers name."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data, "<")
        (header,) = self.unpack("I", 0x3C)
        if self.slice(header, 4, "its headers") != b"PE\0\0":
            raise DamagedError("it begins as a program of MS-DOS and goes on as none of Windows")
        self.machine, count, _, self._symbols, self._symbol_count, optional_size, _ = self.unpack("HHIIIHH", header + 4)
        optional = header + 24
        (magic,) = self.unpack("H", optional)
        directories = optional + (112 if magic == 0x20B else 96)
        (entries,) = self.unpack("I", directories - 4)
        self._directories = [self.unpack("II", directories + 8 * i) for i in range(min(entries, 16))]
        self.sections = [self._section(optional + optional_size + 40 * i) for i in range(count)]

    def _section(self, offset: int) -> _Section:
        name = self.slice(offset, 8, "its headers").rstrip(b"\0").decode("ascii", "replace")
        virtual_size, address, size, start = self.unpack("IIII", offset + 8)
        if name[:1] == "/" and name[1:].isdecimal() and self._symbols:  # a long name, in the table of strings
            name = self.string(self._strings() + int(name[1:]))
        return _Section(name, address, start, min(size, virtual_size) if virtual_size else size)

    def _strings(self) -> int:
        return self._symbols + _SYMBOL_SIZE * self._symbol_count

    def image(self) -> bytes:
        """The content of the sections, without debug information."""
        loaded = [section for section in self.sections if not section.name.startswith(".debug")]
        return self.join([(section.offset, section.size) for section in loaded], "its sections")

    def offset_of(self, address: int) -> int:
        """Where in the file is what is loaded to `address`, relative to the image's base."""
        for section in self.sections:
            if section.address <= address < section.address + section.size:
                return section.offset + address - section.address
        raise DamagedError(f"nothing is loaded to address {address:#x}")

    def directory(self, index: int) -> int:
        """Where in the file a table of the optional header is; 0 without one."""
        address = self._directories[index][0] if index < len(self._directories) else 0
        return self.offset_of(address) if address else 0

    def exports(self) -> List[str]:
        """The names in the table of exports."""
        table = self.directory(_EXPORTS)
        if not table:
            return []
        count, _, addresses = self.unpack("III", table + 24)
        start = self.offset_of(addresses) if count else 0
        return [self.string(self.offset_of(self.unpack("I", start + 4 * i)[0])) for i in range(count)]

    def libraries(self) -> List[str]:
        """The names of the libraries in the tables of imports."""
        found: List[str] = []
        for index, size, name_at in ((_IMPORTS, 20, 12), (_DELAYED_IMPORTS, 32, 4)):
            entry = self.directory(index)
            while entry:
                (name,) = self.unpack("I", entry + name_at)
                if not name:
                    break
                found.append(self.string(self.offset_of(name)))
                entry += size
        return found

    def symbols(self) -> List[str]:
        """The names in the table of symbols, which MinGW's linker writes."""
        names: List[str] = []
        index = 0
        while self._symbols and index < self._symbol_count:
            start = self._symbols + _SYMBOL_SIZE * index
            short = self.slice(start, 8, "its table of symbols")
            if short.startswith(b"\0\0\0\0"):
                names.append(self.string(self._strings() + self.unpack("I", start + 4)[0]))
            else:
                names.append(short.rstrip(b"\0").decode("utf-8", "replace"))
            index += 1 + self.slice(start, _SYMBOL_SIZE, "its table of symbols")[-1]
        return names


def read(data: bytes) -> Binary:
    """The file with the content `data`. Raises DamagedError."""
    pe = _Pe(data)
    return Binary(
        format="PE",
        system="win32",
        machine=_MACHINES.get(pe.machine, f"processor {pe.machine:#x}"),
        image=pe.image(),
        exports=sorted(pe.exports()),
        libraries=pe.libraries(),
        run_paths=[],
        symbols=pe.symbols(),
    )
