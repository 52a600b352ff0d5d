# SPDX-License-Identifier: BSD-3-Clause
"""Images of Windows' shared libraries (PE)."""

import struct
from typing import Any, Iterator, List, Tuple

from cython_ufunc.audit import thunks
from cython_ufunc.audit.image import AARCH64, X86_64, Image, Pointer, Section

_MACHINES = {0x8664: X86_64, 0xAA64: AARCH64}
_EXECUTE, _WRITE = 0x20000000, 0x80000000
_CHAINED = 4  # flags of unwind information: this piece belongs to the function before it
_PDATA = 3  # the data directory of functions
_PACKED = 3  # of ARM64: the entry itself has the length


def read_image(binary: Any) -> Image:
    """The image of what LIEF parsed."""
    number = int(getattr(binary.header.machine, "value", binary.header.machine))
    image = Image("PE", _MACHINES.get(number, f"processor {number:#x}"))
    base = binary.imagebase
    for each in binary.sections:
        flags = int(each.characteristics)
        data = bytes(each.content)
        size = max(each.virtual_size, len(data))
        executable, writable = bool(flags & _EXECUTE), bool(flags & _WRITE)
        image.sections.append(Section(each.name, base + each.virtual_address, size, data, executable, writable))
    if number not in _MACHINES:
        return image
    for library in binary.imports:
        for entry in library.entries:
            name = entry.name or f"{library.name}#{entry.ordinal}"
            image.pointers[base + entry.iat_address] = Pointer(name, None)
    for block in binary.relocations:
        for entry in block.entries:
            _read_relocation(image, base + entry.address)
    if binary.has_exports:
        for entry in binary.get_export().entries:
            image.names[base + entry.address] = entry.name
            image.exports.add(base + entry.address)
    functions = _functions_x86_64 if image.machine == X86_64 else _functions_aarch64
    image.set_functions(list(functions(image, base, binary.data_directories[_PDATA])))
    thunks.find(image, lambda section: section.executable)
    return image


def _read_relocation(image: Image, place: int) -> None:
    section = image.section_at(place)
    if section and place - section.address + 8 <= len(section.data):
        target = struct.unpack_from("<Q", section.data, place - section.address)[0]
        image.pointers.setdefault(place, Pointer(None, target))


def _entries(image: Image, base: int, directory: Any, layout: str) -> Iterator[Tuple[int, ...]]:
    section = image.section_at(base + directory.rva)
    if section is None or not directory.rva:
        return
    offset = base + directory.rva - section.address
    data = section.data[offset : offset + directory.size]
    yield from struct.iter_unpack(layout, data[: len(data) // struct.calcsize(layout) * struct.calcsize(layout)])


def _number_at(image: Image, address: int) -> int:
    section = image.section_at(address)
    if section is None or address - section.address + 4 > len(section.data):
        return 0
    number: int = struct.unpack_from("<I", section.data, address - section.address)[0]
    return number


def _functions_x86_64(image: Image, base: int, directory: Any) -> List[Tuple[int, int]]:
    found: List[Tuple[int, int]] = []
    for start, end, unwind in _entries(image, base, directory, "<III"):
        if not start:
            continue
        flags = _number_at(image, base + (unwind & ~1)) >> 3 & 31
        if flags & _CHAINED and found and found[-1][1] == base + start:
            found[-1] = (found[-1][0], base + end)
        else:
            found.append((base + start, base + end))
    return found


def _functions_aarch64(image: Image, base: int, directory: Any) -> List[Tuple[int, int]]:
    found: List[Tuple[int, int]] = []
    for start, unwind in _entries(image, base, directory, "<II"):
        if not start:
            continue
        words = unwind >> 2 & 0x7FF if unwind & _PACKED else _number_at(image, base + unwind) & 0x3FFFF
        found.append((base + start, base + start + 4 * words))
    return found
