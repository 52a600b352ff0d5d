# SPDX-License-Identifier: BSD-3-Clause
"""Reads the images in a file, with LIEF."""

from typing import Any, List

from cython_ufunc.audit.image import Image
from cython_ufunc.errors import UserError

ELF_MAGIC = b"\x7fELF"
PE_MAGIC = b"MZ"
MACH_O_MAGICS = (b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf")
MAGICS = (ELF_MAGIC, PE_MAGIC, *MACH_O_MAGICS)


def is_library(head: bytes) -> bool:
    """Whether a file that begins so may be a shared library."""
    return head.startswith(MAGICS)


def parse(data: bytes, label: str) -> List[Any]:
    """LIEF's objects for the file: one, or one for each processor of a universal one. Raises UserError."""
    import lief

    lief.logging.disable()
    found: List[Any] = []
    if data.startswith(ELF_MAGIC):
        found = [lief.ELF.parse(data)]
    elif data.startswith(PE_MAGIC):
        found = [lief.PE.parse(data)]
    elif data.startswith(MACH_O_MAGICS):
        fat = lief.MachO.parse(data)
        found = [fat.at(index) for index in range(fat.size)] if fat else []
    if not found or any(each is None or not list(each.sections) or _is_cut_off(each, len(data)) for each in found):
        raise UserError(
            f"{label} is damaged, or no shared library of Linux (ELF), Windows (PE) or macOS (Mach-O): LIEF cannot "
            f"read its {len(data)} bytes. Build or copy it again."
        )
    return found


def _is_cut_off(binary: Any, size: int) -> bool:
    """Whether a section ends behind the end of the file."""
    zeroed = ("NOBITS", "ZEROFILL", "GB_ZEROFILL", "THREAD_LOCAL_ZEROFILL")
    offset = getattr(binary, "fat_offset", 0)
    return any(
        each.offset + each.size + offset > size
        for each in binary.sections
        if getattr(getattr(each, "type", None), "name", "").rsplit(".", 1)[-1] not in zeroed
    )


def read_images(data: bytes, label: str) -> List[Image]:
    """The images in a file with the content `data`. Raises UserError for one that is no shared library."""
    from cython_ufunc.audit import elf, mach_o, pe

    readers = {"ELF": elf.read_image, "PE": pe.read_image, "MACHO": mach_o.read_image}
    return [readers[binary.format.name](binary) for binary in parse(data, label)]
