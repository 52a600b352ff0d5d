# SPDX-License-Identifier: BSD-3-Clause
"""Finds translation units that use a table of their own, which nothing fills.

Compilers see that such a static variable is always NULL, and read slots at the addresses 8, 16, 24 ... themselves;
without optimization they read a variable that nothing writes.
"""

import re
import struct
from typing import Iterator, List, Set, Tuple

from cython_ufunc.audit import operations as op
from cython_ufunc.audit import slots
from cython_ufunc.audit import values as kind
from cython_ufunc.audit.image import X86_64, Section
from cython_ufunc.audit.knowledge import Knowledge, Use
from cython_ufunc.audit.search import Search
from cython_ufunc.audit.unwritten import unwritten_variables
from cython_ufunc.audit.walk import Walk, Watched

# Lower addresses are members of a structure at NULL, which compilers leave behind in code that never runs.
_FIRST_SLOT = 42
# `mov r64, [disp32]` and `mov rax, [moffs64]`; `call [disp32]` and `jmp [disp32]`.
_LOAD = re.compile(
    rb"(?<![\x64\x65])[\x48\x4c](?:\x8b[\x04\x0c\x14\x1c\x24\x2c\x34\x3c]\x25(..)\0\0|\xa1(..)\0{6})", re.DOTALL
)
_CALL = re.compile(rb"(?<![\x64\x65])\xff[\x14\x24]\x25(..)\0\0", re.DOTALL)
_NEVER = "nothing"


def tables_without_import(search: Search) -> List[Use]:
    """The uses, as slots of the array table."""
    if search.unended:
        return []  # Rust: no header of NumPy has been there
    return [*_uses_at_null(search), *_uses_of_unwritten(search)]


def _uses_of_unwritten(search: Search) -> List[Use]:
    """Where compilers do not look so far: uses of a variable that nothing writes, as of a table."""
    found: List[Use] = []
    for variable, functions in unwritten_variables(search.program).items():
        if variable in search.knowledge.variables:
            continue
        knowledge = Knowledge()
        knowledge.variables[variable] = (kind.TABLE, slots.ARRAY, 0, variable)
        watched = Watched(frozenset([variable]), frozenset())
        called: Set[int] = set()
        for start, places in functions.items():
            walk = Walk(search.program, knowledge, start, watched).from_places(places)
            called |= {slot for _, slot in walk.called}
        uses = [use for use in knowledge.uses.values() if use.variable == variable]
        known = all(slots.slot(slots.ARRAY, use.slot, True).first != slots.UNKNOWN_FEATURE for use in uses)
        if known and not knowledge.losses:
            found += [use for use in uses if use.slot >= _FIRST_SLOT and (use.called or use.slot in called)]
    return found


def _uses_at_null(search: Search) -> List[Use]:
    image = search.image
    find = _at_null_x86_64 if image.machine == X86_64 else _at_null_aarch64
    found: List[Use] = []
    for section in image.code():
        for address, offset in find(section):
            start = image.function_at(address)
            if start is None or offset % 8 or not _FIRST_SLOT <= offset // 8 < slots.length(slots.ARRAY):
                continue
            instruction = search.program.instruction_at(address)
            if instruction and instruction[1].address == address and _is_real(search, start, address):
                found.append(Use(address, start, slots.ARRAY, offset // 8, True, 0, 0, _NEVER))
    return found


def _is_real(search: Search, start: int, address: int) -> bool:
    return (
        search.program.code(start).instructions[search.program.code(start).positions[address]].operations != op.PADDING
    )


def _at_null_x86_64(section: Section) -> Iterator[Tuple[int, int]]:
    for pattern in (_LOAD, _CALL):
        for match in pattern.finditer(section.data):
            offset = next(group for group in match.groups() if group is not None)
            yield section.address + match.start(), struct.unpack("<H", offset)[0]


def _at_null_aarch64(section: Section) -> Iterator[Tuple[int, int]]:
    """`mov xN, #0` and, within a few instructions, `ldr xM, [xN, #offset]`; or `mov xN, #offset; ldr xM, [xN]`."""
    words = struct.unpack(f"<{len(section.data) // 4}I", section.data[: len(section.data) // 4 * 4])
    for index, word in enumerate(words):
        if word & 0x7FE00000 != 0x52800000:
            continue
        register, number = word & 31, word >> 5 & 0xFFFF
        for later in range(index + 1, min(index + 5, len(words))):
            other = words[later]
            if other & 0xFFC00000 == 0xF9400000 and other >> 5 & 31 == register:
                yield section.address + 4 * later, number + (other >> 10 & 0xFFF) * 8
                break
            if other & 31 == register or other & 0x7C000000 == 0x14000000 or other & 0xFE000000 == 0xD6000000:
                break
