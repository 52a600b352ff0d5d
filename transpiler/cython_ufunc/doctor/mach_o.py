# SPDX-License-Identifier: BSD-3-Clause
"""Reads bundles and shared libraries of macOS: <mach-o/loader.h>, <mach-o/nlist.h> and <mach-o/fat.h>."""

from typing import List, NamedTuple, Tuple

from cython_ufunc.doctor.binary import Binary, DamagedError, Fields

_UNIVERSAL = b"\xca\xfe\xba\xbe"
_THIN = (b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")  # 64 and 32 bits; big-endian ones are of PowerPC
MAGIC = (_UNIVERSAL, *_THIN)

_MACHINES = {7: "i686", 0x01000007: "x86_64", 12: "armv7l", 0x0100000C: "arm64"}
_SEGMENT = 0x1
_SYMBOLS = 0x2
_SEGMENT_64 = 0x19
_RUN_PATH = 0x8000001C
_LIBRARIES = (0xC, 0x80000018, 0x8000001F, 0x20)  # needed, weak, re-exported, lazy
_NOT_LOADED = ("__LINKEDIT", "__DWARF")
_N_STAB = 0xE0
_N_PRIVATE = 0x10
_N_TYPE = 0x0E
_N_SECTION = 0x0E
_N_EXTERNAL = 0x01


class _Symbol(NamedTuple):
    name: str
    exported: bool


class _MachO(Fields):
    """One processor's part of a file."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data, "<")
        if not data.startswith(_THIN):
            raise DamagedError("a part of it is for no processor of macOS that is known")
        self._wide = data.startswith(_THIN[0])
        self.machine, _, _, count, _ = self.unpack("IIIII", 4)
        self._segments: List[Tuple[int, int]] = []
        self.libraries: List[str] = []
        self.run_paths: List[str] = []
        self.symbols: List[_Symbol] = []
        offset = 32 if self._wide else 28
        for _ in range(count):
            command, size = self.unpack("II", offset)
            if size < 8:
                raise DamagedError(f"a command of {size} bytes")
            self._read_command(command, offset)
            offset += size
        self.image = self.join(self._segments, "its segments")

    def _read_command(self, command: int, offset: int) -> None:
        if command in (_SEGMENT, _SEGMENT_64):
            name = self.slice(offset + 8, 16, "its headers").rstrip(b"\0").decode("ascii", "replace")
            _, _, start, size = self.unpack("QQQQ" if command == _SEGMENT_64 else "IIII", offset + 24)
            if name not in _NOT_LOADED:
                self._segments.append((start, size))
        elif command == _SYMBOLS:
            table, count, strings, _ = self.unpack("IIII", offset + 8)
            size = 16 if self._wide else 12
            self.symbols = [
                self._symbol(table + size * i, strings) for i in range(count) if self._is_named(table + size * i)
            ]
        elif command in _LIBRARIES:
            self.libraries.append(self.string(offset + self.unpack("I", offset + 8)[0]))
        elif command == _RUN_PATH:
            self.run_paths.append(self.string(offset + self.unpack("I", offset + 8)[0]))

    def _is_named(self, offset: int) -> bool:
        """True for a symbol that the file defines; false for one it needs, and for notes to the debugger."""
        (kind,) = self.unpack("B", offset + 4)
        return not kind & _N_STAB and kind & _N_TYPE == _N_SECTION

    def _symbol(self, offset: int, strings: int) -> _Symbol:
        name, kind = self.unpack("IB", offset)
        text = self.string(strings + name)
        exported = bool(kind & _N_EXTERNAL) and not kind & _N_PRIVATE
        return _Symbol(text[1:] if text.startswith("_") else text, exported)


def read(data: bytes) -> Binary:
    """The file with the content `data`; of a universal one all parts, whose tables are those of the first.

    Raises DamagedError.
    """
    parts = [_MachO(part) for part in _parts(data)]
    if not parts:
        raise DamagedError("it has no part for any processor")
    first = parts[0]
    return Binary(
        format="Mach-O",
        system="darwin",
        machine="+".join(_MACHINES.get(part.machine, f"processor {part.machine:#x}") for part in parts),
        image=first.image,
        exports=sorted(symbol.name for symbol in first.symbols if symbol.exported),
        libraries=first.libraries,
        run_paths=first.run_paths,
        symbols=[symbol.name for symbol in first.symbols],
    )


def _parts(data: bytes) -> List[bytes]:
    if not data.startswith(_UNIVERSAL):
        return [data]
    fields = Fields(data, ">")
    (count,) = fields.unpack("I", 4)
    places = [fields.unpack("II", 8 + 20 * i + 8) for i in range(count)]
    return [fields.slice(start, size, "one of its parts") for start, size in places]
