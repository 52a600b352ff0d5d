# SPDX-License-Identifier: BSD-3-Clause
"""Images of macOS' shared libraries (Mach-O)."""

from typing import Any

from cython_ufunc.audit import thunks
from cython_ufunc.audit.image import AARCH64, X86_64, Image, Pointer, Section

_CPU = {"X86_64": X86_64, "ARM64": AARCH64}
_ZERO_FILLED = {"ZEROFILL", "GB_ZEROFILL"}
_INSTRUCTIONS = 0x80000400  # attributes of a section: it has instructions, alone or among others


def read_image(binary: Any) -> Image:
    """The image of what LIEF parsed."""
    processor = binary.header.cpu_type.name
    image = Image("Mach-O", _CPU.get(processor, processor.lower()))
    for each in binary.sections:
        data = b"" if each.type.name in _ZERO_FILLED else bytes(each.content)
        executable = bool(int(each.flags) & _INSTRUCTIONS)
        writable = each.segment_name.startswith("__DATA")
        image.sections.append(Section(each.name, each.virtual_address, each.size, data, executable, writable))
    if image.machine not in _CPU.values():
        return image
    for binding in binary.bindings:
        if binding.has_symbol:
            image.pointers[binding.address] = Pointer(_plain(binding.symbol.name), None)
    for relocation in binary.relocations:
        target = getattr(relocation, "target", None) or image.stored_at(relocation.address)
        if target:
            image.pointers.setdefault(relocation.address, Pointer(None, target))
    _read_symbols(binary, image)
    starts = sorted({each.address + binary.imagebase for each in binary.functions} | set(image.names))
    text = [(start, image.section_at(start)) for start in starts]
    known = [(start, section) for start, section in text if section and section.executable]
    ends = [start for start, _ in known[1:]] + [1 << 62]
    image.set_functions(
        [(start, min(end, section.address + section.size)) for (start, section), end in zip(known, ends)]
    )
    for section in image.sections:
        if section.name == "__mod_init_func":
            places = range(section.address, section.address + section.size, 8)
            found = (image.pointers[place].address for place in places if place in image.pointers)
            image.constructors = [address for address in found if address is not None]
    thunks.find(image, lambda section: section.name in ("__stubs", "__auth_stubs"))
    return image


def _read_symbols(binary: Any, image: Image) -> None:
    for symbol in binary.symbols:
        section = image.section_at(symbol.value) if symbol.value else None
        if section is None:
            continue
        if section.executable:
            image.names.setdefault(symbol.value, _plain(symbol.name))
        else:
            image.data_names.setdefault(symbol.value, _plain(symbol.name))
    for symbol in binary.exported_symbols:
        image.exports.add(symbol.value)


def _plain(name: str) -> str:
    """C's name of a symbol."""
    return name[1:] if name.startswith("_") else name
