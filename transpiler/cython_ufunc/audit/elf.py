# SPDX-License-Identifier: BSD-3-Clause
"""Images of Linux's shared libraries (ELF)."""

import struct
from typing import Any, Iterator, Tuple

from cython_ufunc.audit import thunks
from cython_ufunc.audit.image import AARCH64, X86_64, Image, Pointer, Section

_SHF_WRITE, _SHF_ALLOC, _SHF_EXECINSTR, _SHF_TLS = 1, 2, 4, 0x400
_SHT_NOBITS = 8
_EM = {62: X86_64, 183: AARCH64}
_STT_OBJECT, _STT_FUNC, _STT_IFUNC = 1, 2, 10
# By processor: the relocations that write a place of the image, and those that write a symbol's address.
_RELATIVE = {X86_64: 8, AARCH64: 1027}
_SYMBOLIC = {X86_64: {1, 6, 7}, AARCH64: {257, 1025, 1026}}


def read_image(binary: Any) -> Image:
    """The image of what LIEF parsed."""
    number = int(getattr(binary.header.machine_type, "value", binary.header.machine_type))
    image = Image("ELF", _EM.get(number, binary.header.machine_type.name.lower()))
    image.sections = list(_sections(binary))
    if image.machine not in _RELATIVE:
        return image
    _read_symbols(binary, image)
    _read_relocations(binary, image)
    image.set_functions([(each.address, each.address + each.size) for each in binary.functions if each.size])
    table = next((each for each in binary.sections if each.name == ".init_array"), None)
    if table is not None:
        places = range(table.virtual_address, table.virtual_address + table.size, 8)
        found = (image.pointers[place].address for place in places if place in image.pointers)
        image.constructors = [address for address in found if address is not None]
    thunks.find(image, lambda section: section.name.startswith((".plt", ".iplt")))
    return image


def _sections(binary: Any) -> Iterator[Section]:
    for each in binary.sections:
        flags = int(getattr(each, "flags", 0))
        if flags & _SHF_ALLOC and not flags & _SHF_TLS:
            kind = int(getattr(each.type, "value", each.type))
            data = b"" if kind == _SHT_NOBITS else bytes(each.content)
            executable, writable = bool(flags & _SHF_EXECINSTR), bool(flags & _SHF_WRITE)
            yield Section(each.name, each.virtual_address, each.size, data, executable, writable)


def _read_symbols(binary: Any, image: Image) -> None:
    for exported, symbols in ((True, binary.dynamic_symbols), (False, binary.symtab_symbols)):
        for symbol in symbols:
            if not symbol.shndx or not symbol.value:
                continue
            kind = int(getattr(symbol.type, "value", symbol.type))
            if kind in (_STT_FUNC, _STT_IFUNC):
                image.names.setdefault(symbol.value, symbol.name)
                if exported:
                    image.exports.add(symbol.value)
            elif kind == _STT_OBJECT:
                image.data_names.setdefault(symbol.value, symbol.name)


def _read_relocations(binary: Any, image: Image) -> None:
    relative, symbolic = _RELATIVE[image.machine], _SYMBOLIC[image.machine]
    for relocation in binary.relocations:
        kind = int(getattr(relocation.type, "value", relocation.type)) & 0x7FFFFFF
        if kind == relative:
            target = relocation.addend or image.stored_at(relocation.address)
            image.pointers[relocation.address] = Pointer(None, target)
        elif kind in symbolic and relocation.has_symbol:
            symbol = relocation.symbol
            defined = bool(symbol.shndx)
            image.pointers[relocation.address] = Pointer(
                symbol.name, symbol.value + relocation.addend if defined else None
            )
    for place, target in _packed(image):
        image.pointers.setdefault(place, Pointer(None, target))


def _packed(image: Image) -> Iterator[Tuple[int, int]]:
    """The relative relocations of `.relr.dyn`: an address, or a bitmap of the 63 words behind the last one."""
    section = next((each for each in image.sections if each.name == ".relr.dyn"), None)
    if section is None:
        return
    place = 0
    for (entry,) in struct.iter_unpack("<Q", section.data[: len(section.data) // 8 * 8]):
        if entry & 1:
            words = [place + 8 * bit for bit in range(63) if entry >> (bit + 1) & 1]
            place += 63 * 8
        else:
            words = [entry]
            place = entry + 8
        for word in words:
            target = image.stored_at(word)
            if target is not None:
                yield word, target
