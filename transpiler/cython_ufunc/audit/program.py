# SPDX-License-Identifier: BSD-3-Clause
"""The code of an image, decoded function by function when it is asked for."""

import bisect
from typing import Dict, Iterable, Iterator, List, NamedTuple, Optional, Set, Tuple

from cython_ufunc.audit import operations as op
from cython_ufunc.audit.image import X86_64, Image
from cython_ufunc.audit.operations import Instruction, Lifter
from cython_ufunc.audit.references import References

# What C++ and Rust code imports that cleans up when an exception passes.
_UNWINDING = ("_Unwind_Resume", "__gxx_personality", "__cxa_begin_catch", "__CxxFrameHandler", "rust_eh_personality")


class Code(NamedTuple):
    """A function's instructions."""

    instructions: List[Instruction]
    addresses: List[int]  # of each
    positions: Dict[int, int]  # by address
    leaders: Set[int]  # where blocks begin
    unexplained: List[int]  # blocks behind the end of another, to which no direct jump leads: cases, landing pads
    has_frame: bool  # the frame register points to the stack


class Program:
    """An image with its code."""

    def __init__(self, image: Image) -> None:
        self.image = image
        self.references = References(image)
        self.lifter = _lifter(image)
        self.unwinds = any(
            name.lstrip("_").startswith(tuple(each.lstrip("_") for each in _UNWINDING)) for name in image.imports()
        )
        self._codes: Dict[int, Code] = {}
        self._users: Dict[Tuple[str, ...], Set[Optional[int]]] = {}
        self.stored = image.stored_addresses()

    def code(self, start: int) -> Code:
        """The function that begins at `start`."""
        if start not in self._codes:
            self._codes[start] = self._decode(start)
        return self._codes[start]

    def instruction_at(self, place: int) -> Optional[Tuple[int, Instruction]]:
        """The instruction that `place` is in, and its function."""
        start = self.image.function_at(place)
        if start is None:
            return None
        code = self.code(start)
        position = bisect.bisect_right(code.addresses, place) - 1
        return (start, code.instructions[position]) if position >= 0 else None

    def branches_to(self, start: int) -> Iterator[Tuple[int, int, bool]]:
        """`(function, place, whether it is a call)` of the direct branches into a function; jumps come first."""
        candidates = self.references.branches_into(start, self.image.end_of(start) - 1)
        for target, place, call in sorted(candidates, key=lambda branch: branch[2]):
            source = self.image.function_at(place)
            if source is None or (source == start and not call) or (call and target != start):
                continue
            code = self.code(source)
            position = code.positions.get(place)
            if position is not None and _leads_to(code.instructions[position], target):
                yield source, place, call

    def address_taken(self, start: int) -> bool:
        """Whether the function may be called by a pointer, or from another library."""
        image = self.image
        if start in self.stored or start in image.exports or start in image.constructors:
            return True
        if image.machine != X86_64:
            return bool(self.references.near({start}))
        for place, _ in self.references.to({start}):
            found = self.instruction_at(place)
            if found and any(each[0] == op.SET and each[2] == start for each in found[1].operations):
                return True
        return False

    def roots(self, start: int) -> Set[int]:
        """The functions that control may enter when it comes to this one: itself, or those that it is a piece of."""
        roots: Set[int] = set()
        seen: Set[int] = set()
        todo = [start]
        while todo:
            each = todo.pop()
            if each in seen:
                continue
            seen.add(each)
            jumps: Set[int] = set()
            called = False
            for source, _, called in self.branches_to(each):
                if called:
                    break  # one is enough
                jumps.add(source)
            if not jumps or called or self.address_taken(each):
                roots.add(each)
            todo += jumps
        return roots

    def calls_one_of(self, start: int, names: Iterable[str]) -> bool:
        """Whether the function speaks of one of these functions of other libraries."""
        key = tuple(sorted(names))
        if key not in self._users:
            image = self.image
            places = {address for address, name in image.thunks.items() if name in key}
            pointers = {place for name in key for place in image.pointers_to(name)}
            found = self.references.to(places | pointers)
            if image.machine != X86_64:
                found = found + self.references.near(pointers)
            self._users[key] = {image.function_at(place) for place, _ in found}
        return start in self._users[key]

    def _decode(self, start: int) -> Code:
        instructions = self.lifter.lift(self.image.code_of(start), start)
        leaders: Set[int] = set()
        direct: Set[int] = set()
        frame = self.lifter.conventions.frame
        stack = self.lifter.conventions.stack
        has_frame = False
        for position, each in enumerate(instructions):
            if each.end:
                if each.end[0] in (op.JUMP, op.BRANCH):
                    direct.add(each.end[-1])
                if position + 1 < len(instructions):
                    leaders.add(instructions[position + 1].address)
            elif not has_frame:
                has_frame = any(
                    operation[0] in (op.MOVE, op.ADD_NUMBER) and operation[1] == frame and operation[2] == stack
                    for operation in each.operations
                )
        leaders |= direct
        unexplained: List[int] = []
        for position, each in enumerate(instructions[:-1]):
            if each.end and each.end[0] != op.BRANCH:
                following = position + 1
                while following < len(instructions) and instructions[following].operations == op.PADDING:
                    following += 1
                if following < len(instructions) and instructions[following].address not in direct:
                    unexplained.append(instructions[following].address)
        leaders.update(unexplained)
        addresses = [each.address for each in instructions]
        index = {address: position for position, address in enumerate(addresses)}
        return Code(instructions, addresses, index, leaders, unexplained, has_frame)


def _leads_to(instruction: Instruction, target: int) -> bool:
    if instruction.end and instruction.end[-1] == target:
        return True
    return any(each == (op.CALL, op.CALL_DIRECT, target) for each in instruction.operations)


def _lifter(image: Image) -> Lifter:
    if image.machine == X86_64:
        from cython_ufunc.audit.x86_64 import LifterX8664

        return LifterX8664(image.format == "PE")
    from cython_ufunc.audit.aarch64 import LifterAArch64

    return LifterAArch64()
