# SPDX-License-Identifier: BSD-3-Clause
"""Operations of AArch64 code, decoded by Capstone."""

import struct
from typing import Any, ClassVar, Dict, List, Optional, Tuple

import capstone
from capstone import arm64

from cython_ufunc.audit import operations as op
from cython_ufunc.audit.operations import Conventions, Instruction, Lifter, Operation

_REGISTER, _NUMBER, _MEMORY = arm64.ARM64_OP_REG, arm64.ARM64_OP_IMM, arm64.ARM64_OP_MEM
_ARGUMENTS = tuple(f"x{number}" for number in range(8))
_CONVENTIONS = Conventions(_ARGUMENTS, "x0", "sp", "x29", (*(f"x{number}" for number in range(19)), "x30"))
_CONDITIONS = {
    condition: number
    for number, names in (
        (op.EQUAL, "eq"),
        (op.NOT_EQUAL, "ne"),
        (op.GREATER, "gt hi"),
        (op.GREATER_EQUAL, "ge hs cs"),
        (op.LESS, "lt lo cc"),
        (op.LESS_EQUAL, "le ls"),
    )
    for condition in names.split()
}
# By the four bits in an instruction.
_CONDITION_BITS = {
    bits: _CONDITIONS[name]
    for bits, name in enumerate(
        ["eq", "ne", "hs", "lo", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al", "nv"]
    )
    if name in _CONDITIONS
}
_LOADS = {"ldr": 0, "ldur": 0, "ldar": 0, "ldapr": 0, "ldxr": 0, "ldaxr": 0}
_LOADS.update(
    {
        f"{name}{suffix}": size
        for name in ("ldr", "ldur")
        for suffix, size in (("sw", 4), ("b", 1), ("h", 2), ("sb", 1), ("sh", 2))
    }
)
_LOADS.update({"ldarb": 1, "ldarh": 2})
_STORES = {
    "str": 0,
    "stur": 0,
    "stlr": 0,
    "stlur": 0,
    "strb": 1,
    "sturb": 1,
    "stlrb": 1,
    "strh": 2,
    "sturh": 2,
    "stlrh": 2,
}
_SIZES = {"x": 8, "w": 4, "b": 1, "h": 2, "s": 4, "d": 8, "q": 16, "l": 8, "f": 8}
_SETS_FLAGS = ("ccmp", "ccmn", "cmn", "tst", "fcmp", "fcmpe", "fccmp", "adds", "ands", "bics", "negs", "adcs", "sbcs")


def _whole_registers(decoder: Any) -> Dict[int, str]:
    whole = {"fp": "x29", "lr": "x30", "sp": "sp", "wsp": "sp", "xzr": "xzr", "wzr": "xzr"}
    whole.update({f"{letter}{number}": f"x{number}" for letter in "xw" for number in range(31)})
    names = ((number, decoder.reg_name(number)) for number in range(1, arm64.ARM64_REG_ENDING))
    return {number: whole[name] for number, name in names if name in whole}


def _signed(number: int, bits: int) -> int:
    return number - (1 << bits) if number >> (bits - 1) else number


class LifterAArch64(Lifter):
    """Decodes each word once; those that speak of their own place are read here."""

    conventions = _CONVENTIONS
    _known: ClassVar[Dict[int, Tuple[Tuple[Operation, ...], Optional[Tuple[Any, ...]]]]] = {}

    def __init__(self) -> None:
        self._decoder = capstone.Cs(capstone.CS_ARCH_ARM64, capstone.CS_MODE_ARM)
        self._decoder.detail = True
        self._whole = _whole_registers(self._decoder)

    def lift(self, code: bytes, address: int) -> List[Instruction]:
        """The instructions of `code`; a word that is none is a trap."""
        found: List[Instruction] = []
        known = self._known
        for (word,) in struct.iter_unpack("<I", code[: len(code) // 4 * 4]):
            pair = known.get(word) or self._relative(word, address)
            if pair is None:
                pair = known[word] = self._decode(word)
            found.append(Instruction(address, 4, pair[0], pair[1]))
            address += 4
        return found

    @staticmethod
    def _relative(word: int, address: int) -> Optional[Tuple[Tuple[Operation, ...], Optional[Tuple[Any, ...]]]]:
        """Branches, and what takes an address near its own; None for other words."""
        top = word >> 24
        if top & 0x1F == 0x10:  # adr, adrp
            offset = _signed((word >> 5 & 0x7FFFF) << 2 | (word >> 29 & 3), 21)
            target = (address & ~0xFFF) + (offset << 12) if word >> 31 else address + offset
            return ((op.SET, f"x{word & 31}", target),), None
        if top & 0xFC == 0x94:
            return ((op.CALL, op.CALL_DIRECT, address + 4 * _signed(word & 0x3FFFFFF, 26)),), None
        if top & 0xFC == 0x14:
            return op.NOTHING, (op.JUMP, address + 4 * _signed(word & 0x3FFFFFF, 26))
        near = address + 4 * _signed(word >> 5 & 0x7FFFF, 19)
        if top == 0x54:
            return op.NOTHING, (op.BRANCH, _CONDITION_BITS.get(word & 15), near)
        condition = op.NOT_EQUAL if word >> 24 & 1 else op.EQUAL
        if top & 0x7E == 0x34:
            return ((op.TEST, f"x{word & 31}"),), (op.BRANCH, condition, near)
        if top & 0x7E == 0x36:
            lowest = not word >> 19 & 31 and not word >> 31
            test: Operation = (op.TEST, f"x{word & 31}") if lowest else (op.FORGET_FLAGS,)
            return (test,), (op.BRANCH, condition, address + 4 * _signed(word >> 5 & 0x3FFF, 14))
        if top & 0xBF == 0x18:
            return ((op.LOAD, f"x{word & 31}", (None, None, 0, near), 8 if word >> 30 else 4),), None
        return None

    def _decode(self, word: int) -> Tuple[Tuple[Operation, ...], Optional[Tuple[Any, ...]]]:
        it = next(self._decoder.disasm(struct.pack("<I", word), 0), None)
        if it is None:
            return op.NOTHING, (op.TRAP,)
        mnemonic = it.mnemonic
        operands = it.operands
        if mnemonic == "nop":
            return op.PADDING, None
        if mnemonic in ("ret", "retaa", "retab"):
            return op.NOTHING, (op.RETURN,)
        if mnemonic in ("brk", "udf", "hlt"):
            return op.NOTHING, (op.TRAP,)
        if mnemonic in ("br", "braa", "braaz", "brab", "brabz"):
            return ((op.TAIL, op.CALL_REGISTER, self._name(operands[0])),), (op.INDIRECT,)
        if mnemonic in ("blr", "blraa", "blraaz", "blrab", "blrabz"):
            return ((op.CALL, op.CALL_REGISTER, self._name(operands[0])),), None
        if mnemonic in _LOADS:
            return tuple(self._load(it, operands, _LOADS[mnemonic])), None
        if mnemonic in _STORES:
            return tuple(self._store(it, operands, _STORES[mnemonic])), None
        decode = getattr(self, f"_{mnemonic}", None)
        found = decode(it, operands) if decode else None
        return tuple(found if found is not None else self._other(it, operands, mnemonic)), None

    def _name(self, operand: Any) -> Optional[str]:
        return self._whole.get(operand.reg) if operand.type == _REGISTER else None

    def _size(self, operand: Any) -> int:
        name = self._decoder.reg_name(operand.reg)
        return 8 if name == "sp" else _SIZES.get(name[:1], 8)

    @staticmethod
    def _number(operand: Any) -> int:
        number: int = operand.imm << (operand.shift.value if operand.shift.type else 0)
        return number

    def _memory(self, operand: Any) -> op.Memory:
        memory = operand.mem
        base = self._whole.get(memory.base, op.UNKNOWN)
        if not memory.index:
            return (base, None, 0, memory.disp)
        scale = 1 << operand.shift.value if operand.shift.type else 1
        return (base, self._whole.get(memory.index, op.UNKNOWN), scale, memory.disp)

    def _place(self, it: Any, operands: Any, memory: int) -> Tuple[List[Operation], op.Memory, List[Operation]]:
        """What happens before an access, the place, and what happens behind it: pre- and post-index."""
        base, index, scale, displacement = place = self._memory(operands[memory])
        if len(operands) > memory + 1:
            return [], (base, None, 0, 0), [(op.ADD_NUMBER, base, base, operands[memory + 1].imm)]
        if it.writeback:
            return [(op.ADD_NUMBER, base, base, displacement)], (base, index, scale, 0), []
        return [], place, []

    def _load(self, it: Any, operands: Any, size: int) -> List[Operation]:
        if operands[1].type != _MEMORY:
            return [(op.KILL, self._name(operands[0]))]
        before, place, behind = self._place(it, operands, 1)
        register = self._name(operands[0])
        size = size or self._size(operands[0])
        load = (op.LOAD, register, place, size) if register else (op.READ, place, size)
        return [*before, load, *behind]

    def _store(self, it: Any, operands: Any, size: int) -> List[Operation]:
        before, place, behind = self._place(it, operands, 1)
        return [*before, self._stored(operands[0], place, size or self._size(operands[0])), *behind]

    def _stored(self, source: Any, place: op.Memory, size: int) -> Operation:
        register = self._name(source)
        if register == "xzr":
            return (op.STORE, place, size, None, 0)
        return (op.STORE, place, size, register, None)

    def _stp(self, it: Any, operands: Any) -> List[Operation]:
        before, (base, index, scale, displacement), behind = self._place(it, operands, 2)
        size = self._size(operands[0])
        places = [(base, index, scale, displacement + number * size) for number in (0, 1)]
        return [*before, *(self._stored(operand, place, size) for operand, place in zip(operands, places)), *behind]

    def _ldp(self, it: Any, operands: Any) -> List[Operation]:
        before, (base, index, scale, displacement), behind = self._place(it, operands, 2)
        size = 4 if it.mnemonic == "ldpsw" else self._size(operands[0])
        loads: List[Operation] = []
        for number in (0, 1):
            register = self._name(operands[number])
            place = (base, index, scale, displacement + number * size)
            loads.append((op.LOAD, register, place, size) if register else (op.READ, place, size))
        # The base last, if it is one of them.
        loads.sort(key=lambda load: load[0] == op.LOAD and load[1] == base)
        return [*before, *loads, *behind]

    _ldpsw = _ldp

    def _mov(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        register = self._name(operands[0])
        if register is None:
            return None
        if operands[1].type == _NUMBER:
            return [(op.SET, register, self._number(operands[1]) & (1 << 64) - 1)]
        source = self._name(operands[1])
        if source == "xzr":
            return [(op.SET, register, 0)]
        if source is None:
            return None
        return [(op.MOVE, register, source, self._size(operands[0]))]

    _movz = _mov

    def _movk(self, it: Any, operands: Any) -> List[Operation]:
        shift = operands[1].shift.value if operands[1].shift.type else 0
        return [(op.SET_PART, self._name(operands[0]), operands[1].imm, shift)]

    def _add(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        if len(operands) != 3 or self._size(operands[0]) != 8:
            return None
        register, source = self._name(operands[0]), self._name(operands[1])
        if register is None or source is None:
            return None
        if operands[2].type == _NUMBER:
            sign = 1 if it.mnemonic == "add" else -1
            return [(op.ADD_NUMBER, register, source, sign * self._number(operands[2]))]
        second = self._name(operands[2])
        if it.mnemonic == "sub" or second is None:
            return None
        shift = operands[2].shift
        if not shift.type and not operands[2].ext:
            return [(op.ADD, register, source, second)]
        left = shift.type in (0, arm64.ARM64_SFT_LSL)
        scale = 1 << shift.value if left and shift.type else 1
        return [(op.INDEX, register, (source, second if left else op.UNKNOWN, scale, 0))]

    _sub = _add

    def _cmp(self, it: Any, operands: Any) -> List[Operation]:
        return [(op.COMPARE, self._operand(operands[0]), self._operand(operands[1]), self._size(operands[0]))]

    def _operand(self, operand: Any) -> Tuple[int, Any]:
        if operand.type == _NUMBER:
            return op.OPERAND_NUMBER, self._number(operand)
        name = self._name(operand)
        return (op.OPERAND_NUMBER, 0) if name == "xzr" else (op.OPERAND_REGISTER, name)

    def _subs(self, it: Any, operands: Any) -> List[Operation]:
        compare = (op.COMPARE, self._operand(operands[1]), self._operand(operands[2]), self._size(operands[1]))
        return [compare, (op.KILL, self._name(operands[0]))]

    def _csel(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        names = [self._name(operand) for operand in operands[:3]]
        if None in names:
            return None
        zero = [(op.SET, scratch, 0) for scratch, name in zip((op.SCRATCH, op.SCRATCH_2), names[1:]) if name == "xzr"]
        size = self._size(operands[0])
        moves = [
            (op.MOVE, scratch, name, size)
            for scratch, name in zip((op.SCRATCH, op.SCRATCH_2), names[1:])
            if name != "xzr"
        ]
        # The second source is taken where the condition does not hold.
        condition = _CONDITIONS.get(it.op_str.rsplit(",", 1)[-1].strip())
        opposite = None if condition is None else op.OPPOSITE[condition]
        return [*zero, *moves, (op.MOVE, names[0], op.SCRATCH, size), (op.SELECT, names[0], op.SCRATCH_2, opposite)]

    def _cset(self, it: Any, operands: Any) -> List[Operation]:
        name = it.op_str.rsplit(",", 1)[-1].strip()
        return [(op.SET_IF, _CONDITIONS.get(name), self._name(operands[0]))]

    def _lsl(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        if len(operands) != 3 or operands[2].type != _NUMBER:
            return None
        register = self._name(operands[0])
        return [(op.MOVE, register, self._name(operands[1]), 8), (op.SHIFT_LEFT, register, operands[2].imm)]

    def _and(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        if len(operands) != 3 or operands[2].type != _NUMBER or self._name(operands[1]) in (None, "xzr"):
            return None
        return [(op.MASKED, self._name(operands[0]), self._name(operands[1]), operands[2].imm)]

    def _uxtb(self, it: Any, operands: Any) -> List[Operation]:
        return [(op.MOVE_LOW, self._name(operands[0]), self._name(operands[1]))]

    _uxth = _sxtw = _uxtb

    def _other(self, it: Any, operands: Any, mnemonic: str) -> List[Operation]:
        """What is not followed: memory that it reads or writes, registers that it reads or changes."""
        found: List[Operation] = []
        for operand in operands:
            if operand.type == _MEMORY:
                if operand.access & capstone.CS_AC_WRITE or mnemonic.startswith(("st", "cas", "swp")):
                    found.append((op.STORE, self._memory(operand), 8, None, None))
                if not mnemonic.startswith(("st", "prfm")):
                    found.append((op.READ, self._memory(operand), 8))
            elif operand.type == _REGISTER and operand.access & capstone.CS_AC_READ:
                name = self._name(operand)
                if name and name != "xzr" and self._size(operand) == 8:
                    found.append((op.LEAK, name))
        _, written = it.regs_access()
        found += [(op.KILL, self._whole[number]) for number in written if number in self._whole]
        if it.update_flags or mnemonic in _SETS_FLAGS:
            found.append((op.FORGET_FLAGS,))
        return found
