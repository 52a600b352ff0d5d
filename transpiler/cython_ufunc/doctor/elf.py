# SPDX-License-Identifier: BSD-3-Clause
"""Reads shared libraries of Linux: https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html."""

from typing import Dict, Iterator, List, NamedTuple, Tuple

from cython_ufunc.doctor.binary import Binary, DamagedError, Fields

MAGIC = (b"\x7fELF",)

_MACHINES = {3: "i686", 20: "ppc", 21: "ppc64", 22: "s390x", 40: "armv7l", 62: "x86_64", 183: "aarch64", 243: "riscv64"}
_PT_LOAD = 1
_PT_DYNAMIC = 2
_SHT_SYMTAB = 2
_SHT_DYNSYM = 11
_DT_NEEDED = 1
_DT_STRTAB = 5
_DT_RPATH = 15
_DT_RUNPATH = 29
_STB_LOCAL = 0
_STV_DEFAULT = (0, 3)  # default and protected
_NAMED_TYPES = (0, 1, 2, 10)  # no type, variables, functions, indirect functions


class _Section(NamedTuple):
    type: int
    offset: int
    size: int
    link: int


class _Segment(NamedTuple):
    type: int
    offset: int
    address: int
    size: int


class _Elf(Fields):
    """A file and the tables that its header names."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data, "<" if data[5:6] == b"\1" else ">")
        self.wide = data[4:5] == b"\2"
        (self.machine,) = self.unpack("H", 18)
        if self.wide:
            program, table, _, _, self._program_size, count, size, sections, _ = self.unpack("QQIHHHHHH", 32)
        else:
            program, table, _, _, self._program_size, count, size, sections, _ = self.unpack("IIIHHHHHH", 28)
        self.segments = [self._segment(program + i * self._program_size) for i in range(count)]
        self.slice(table, sections * size, "its table of sections")
        self.sections = [self._section(table + i * size) for i in range(sections)]

    def _segment(self, offset: int) -> _Segment:
        if self.wide:
            kind, _, start, address, _, size = self.unpack("IIQQQQ", offset)
        else:
            kind, start, address, _, size = self.unpack("IIIII", offset)
        return _Segment(kind, start, address, size)

    def _section(self, offset: int) -> _Section:
        if self.wide:
            _, kind, _, _, start, size, link = self.unpack("IIQQQQI", offset)
        else:
            _, kind, _, _, start, size, link = self.unpack("IIIIIII", offset)
        return _Section(kind, start, size, link)

    def image(self) -> bytes:
        """The content of the segments that are loaded."""
        loaded = [(segment.offset, segment.size) for segment in self.segments if segment.type == _PT_LOAD]
        return self.join(loaded, "its segments")

    def offset_of(self, address: int) -> int:
        """Where in the file is what is loaded to `address`."""
        for segment in self.segments:
            if segment.type == _PT_LOAD and segment.address <= address < segment.address + segment.size:
                return segment.offset + address - segment.address
        raise DamagedError(f"nothing is loaded to address {address:#x}")

    def dynamic(self) -> Dict[int, List[int]]:
        """The values of the dynamic section by their tag."""
        values: Dict[int, List[int]] = {}
        width = 8 if self.wide else 4
        for segment in self.segments:
            for start in range(0, segment.size if segment.type == _PT_DYNAMIC else 0, 2 * width):
                tag, value = self.unpack("QQ" if self.wide else "II", segment.offset + start)
                if tag == 0:
                    break
                values.setdefault(tag, []).append(value)
        return values

    def symbols(self, section_type: int) -> Iterator[Tuple[str, int, int, int, bool]]:
        """Name, binding, type, visibility of each symbol in the tables of `section_type`, and whether it is defined."""
        for section in self.sections:
            if section.type != section_type:
                continue
            names = self.sections[section.link].offset if section.link < len(self.sections) else -1
            size = 24 if self.wide else 16
            for start in range(section.offset + size, section.offset + section.size, size):
                if self.wide:
                    name, info, other, index = self.unpack("IBBH", start)
                else:
                    name, _, _, info, other, index = self.unpack("IIIBBH", start)
                yield self.string(names + name), info >> 4, info & 15, other & 3, index != 0


def read(data: bytes) -> Binary:
    """The file with the content `data`. Raises DamagedError."""
    elf = _Elf(data)
    dynamic = elf.dynamic()
    if _DT_STRTAB not in dynamic or not elf.sections:
        raise DamagedError("it has no table of symbols to link to")
    strings = elf.offset_of(dynamic[_DT_STRTAB][0])

    def named(tag: int) -> List[str]:
        return [elf.string(strings + offset) for offset in dynamic.get(tag, [])]

    exports = [
        name
        for name, binding, kind, visibility, defined in elf.symbols(_SHT_DYNSYM)
        if defined and binding != _STB_LOCAL and kind in _NAMED_TYPES and visibility in _STV_DEFAULT
    ]
    paths = [path for text in named(_DT_RPATH) + named(_DT_RUNPATH) for path in text.split(":") if path]
    return Binary(
        format="ELF",
        system="linux",
        machine=_MACHINES.get(elf.machine, f"processor {elf.machine}"),
        image=elf.image(),
        exports=sorted(exports),
        libraries=named(_DT_NEEDED),
        run_paths=paths,
        symbols=[name for name, _, kind, _, defined in elf.symbols(_SHT_SYMTAB) if defined and kind in _NAMED_TYPES],
    )
