# SPDX-License-Identifier: BSD-3-Clause
"""Finds the short pieces of code that jump on to a function of another library: entries of a PLT, stubs, thunks."""

import struct
from typing import Callable

from cython_ufunc.audit.image import X86_64, Image, Section

# GCC and Clang put these in front of the jump: nothing, a `bnd` or `endbr64`, or both.
_LEADS = (0, 1, 4, 5)


def find(image: Image, looks_like_one: Callable[[Section], bool]) -> None:
    """Sets `image.thunks` from the sections that `looks_like_one` takes."""
    for section in image.code():
        if looks_like_one(section):
            if image.machine == X86_64:
                _find_x86_64(image, section)
            else:
                _find_aarch64(image, section)


def _find_x86_64(image: Image, section: Section) -> None:
    """`jmp [rip+d]`."""
    code = section.data
    at = code.find(b"\xff\x25")
    while at >= 0:
        if at + 6 <= len(code):
            place = section.address + at + 6 + struct.unpack_from("<i", code, at + 2)[0]
            name = _imported(image, place)
            if name:
                for lead in _LEADS:
                    image.thunks.setdefault(section.address + at - lead, name)
        at = code.find(b"\xff\x25", at + 1)


def _find_aarch64(image: Image, section: Section) -> None:
    """`adrp x16, page; ldr x17, [x16, n]`, and a `br` soon."""
    words = [word for (word,) in struct.iter_unpack("<I", section.data[: len(section.data) // 4 * 4])]
    for index, (first, second) in enumerate(zip(words, words[1:])):
        if first & 0x9F000000 != 0x90000000 or not any(map(_is_br, words[index + 2 : index + 4])):
            continue
        if second & 0xFFC00000 == 0xF9400000 and first & 31 == second >> 5 & 31:
            pages = (first >> 5 & 0x7FFFF) << 2 | (first >> 29 & 3)
            pages -= (pages >> 20) << 21
            address = section.address + 4 * index
            name = _imported(image, (address & ~0xFFF) + (pages << 12) + (second >> 10 & 0xFFF) * 8)
            if name:
                image.thunks[address] = name
                image.thunks.setdefault(address - 4, name)  # a `bti` in front of it


def _is_br(word: int) -> bool:
    return word & 0xFFFFFC1F == 0xD61F0000


def _imported(image: Image, place: int) -> str:
    pointer = image.pointers.get(place)
    return pointer.symbol if pointer and pointer.symbol and pointer.address is None else ""
