# SPDX-License-Identifier: BSD-3-Clause
"""Finds variables that code uses as a table and nothing writes, by what the instructions that name them do."""

import struct
from typing import Any, Dict, Iterator, List, Set, Tuple

import numpy as np

from cython_ufunc.audit import slots
from cython_ufunc.audit.image import X86_64, Image, Section
from cython_ufunc.audit.program import Program

# Where slots are in a table, beyond what members of other structures have.
_FIRST_OFFSET = 42 * 8
# How many bytes behind the load of a table its use begins.
_NEAR = 24


def unwritten_variables(program: Program) -> Dict[int, Dict[int, Set[int]]]:
    """By address: the functions that read a table there, with the places; those of private, zeroed memory only."""
    image = program.image
    found: Dict[int, Dict[int, Set[int]]] = {}
    for section in image.code():
        accesses = _accesses_x86_64(section) if image.machine == X86_64 else _accesses_aarch64(section)
        for target, place in accesses:
            if target % 8 or target in program.stored or not _is_zeroed(image, target):
                continue
            start = image.function_at(place)
            if start is not None:
                found.setdefault(target, {}).setdefault(start, set()).add(place)
    return found


def _is_zeroed(image: Image, address: int) -> bool:
    section = image.section_at(address)
    if section is None or not section.writable or address in image.pointers or address in image.exports:
        return False
    return not any(section.data[address - section.address : address - section.address + 8])


def _is_slot(offset: int) -> bool:
    return _FIRST_OFFSET <= offset < 8 * slots.length(slots.ARRAY) and offset % 8 == 0


def _accesses_x86_64(section: Section) -> Iterator[Tuple[int, int]]:
    """`(target, place)` of loads from `[rip + d]` by which a slot is read soon; nothing else names the target."""
    code: Any = np.frombuffer(section.data, dtype=np.uint8)
    if len(code) < 8:
        return
    at = np.flatnonzero((code[2:-5] & 0xC7) == 5) + 2
    distance = sum(code[at + 1 + index].astype(np.int64) << (8 * index) for index in range(4))
    distance = np.where(distance >> 31, distance - (1 << 32), distance)
    targets = section.address + at + 5 + distance
    load = (code[at - 1] == 0x8B) & ((code[at - 2] == 0x48) | (code[at - 2] == 0x4C))
    # A store of a number, or a comparison with one, has it behind the operand.
    numbers = np.isin(code[at - 1], (0xC6, 0xC7, 0x80, 0x81, 0x83))
    others = np.unique(np.concatenate([targets[~load], *(targets[numbers] + size for size in (1, 2, 4))]))
    alone = load & ~np.isin(targets, others)
    for target, where in zip(targets[alone].tolist(), at[alone].tolist()):
        if _reads_slot_x86_64(section.data[where + 5 : where + 5 + _NEAR], section.data[where] >> 3 & 7):
            yield target, section.address + where + 1


def _reads_slot_x86_64(code: bytes, register: int) -> bool:
    """Whether one of the first instructions has an operand `[register + slot]`, or adds a slot's offset to it."""
    for index in range(len(code) - 6):
        operation, mode = code[index], code[index + 1]
        by_operand = operation in (0x8B, 0xFF) and mode >> 6 == 2 and mode & 7 == register
        by_addition = operation == 0x81 and mode == 0xC0 | register
        if (by_operand or by_addition) and _is_slot(struct.unpack_from("<I", code, index + 2)[0]):
            return True
        if operation == 0x05 and register == 0 and _is_slot(struct.unpack_from("<I", code, index + 1)[0]):
            return True
    return False


def _accesses_aarch64(section: Section) -> Iterator[Tuple[int, int]]:
    """The same of `adrp`, perhaps `add`, and a load, when they follow each other."""
    words: Any = np.frombuffer(section.data, dtype="<u4", count=len(section.data) // 4).astype(np.int64)
    others: Set[int] = set()
    loads: List[Tuple[int, int]] = []
    for index in np.flatnonzero((words[:-8] & 0x9F000000) == 0x90000000).tolist():
        word, *following = words[index : index + 8].tolist()
        address = section.address + 4 * index
        pages = (word >> 5 & 0x7FFFF) << 2 | (word >> 29 & 3)
        base = (address & ~0xFFF) + ((pages - (pages >> 20 << 21)) << 12)
        register = word & 31
        if following[0] & 0xFFC00000 == 0x91000000 and following[0] >> 5 & 31 == register:
            added = following.pop(0)
            base, register = base + (added >> 10 & 0xFFF), added & 31
        access = following.pop(0)
        if access & 0x3B000000 != 0x39000000 or access >> 5 & 31 != register:
            others.add(base)
            continue
        target = base + ((access >> 10 & 0xFFF) << (access >> 30))
        if access & 0xFFC00000 == 0xF9400000 and _reads_slot_aarch64(following, access & 31):
            loads.append((target, address))
        elif access & 0xFFC00000 != 0xF9400000:
            others.add(target)
    yield from ((target, place) for target, place in loads if target not in others)


def _reads_slot_aarch64(words: List[int], register: int) -> bool:
    for word in words:
        same = word >> 5 & 31 == register
        if same and word & 0xFFC00000 == 0xF9400000 and _is_slot((word >> 10 & 0xFFF) * 8):
            return True
        if same and word & 0xFFC00000 == 0x91000000 and _is_slot(word >> 10 & 0xFFF):
            return True
    return False
