# SPDX-License-Identifier: BSD-3-Clause
"""Operations of x86-64 code, decoded by Capstone."""

from typing import Any, ClassVar, Dict, List, Optional, Tuple

import capstone
from capstone import x86

from cython_ufunc.audit import operations as op
from cython_ufunc.audit.operations import Conventions, Instruction, Lifter, Operation

_REGISTER, _NUMBER, _MEMORY = x86.X86_OP_REG, x86.X86_OP_IMM, x86.X86_OP_MEM
_SYSTEM_V = Conventions(
    ("rdi", "rsi", "rdx", "rcx", "r8", "r9"),
    "rax",
    "rsp",
    "rbp",
    ("rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11"),
)
_MICROSOFT = Conventions(
    ("rcx", "rdx", "r8", "r9"), "rax", "rsp", "rbp", ("rax", "rcx", "rdx", "r8", "r9", "r10", "r11")
)
_CONDITIONS = {
    condition: number
    for number, names in (
        (op.EQUAL, "e z"),
        (op.NOT_EQUAL, "ne nz"),
        (op.GREATER, "g nle a nbe"),
        (op.GREATER_EQUAL, "ge nl ae nb nc"),
        (op.LESS, "l nge b nae c"),
        (op.LESS_EQUAL, "le ng be na"),
    )
    for condition in names.split()
}
# Instructions that are not decoded below and leave the flags alone, or begin so.
_KEEPS_FLAGS = ("lea", "nop", "endbr", "bswap", "not", "mov", "v", "cvt", "p", "xchg", "adds", "addp", "unpck", "shuf")
_STRING_INSTRUCTIONS = ("stos", "movs", "cmps", "scas", "lods")


def _whole_registers(decoder: Any) -> Dict[int, str]:
    """Capstone's numbers of general registers and their parts, by the name of the whole."""
    whole = {"rip": "rip"}
    for letter in "abcd":
        whole.update(
            dict.fromkeys((f"r{letter}x", f"e{letter}x", f"{letter}x", f"{letter}l", f"{letter}h"), f"r{letter}x")
        )
    for name in ("si", "di", "bp", "sp"):
        whole.update(dict.fromkeys((f"r{name}", f"e{name}", name, f"{name}l"), f"r{name}"))
    for number in range(8, 16):
        whole.update({f"r{number}{suffix}": f"r{number}" for suffix in ("", "d", "w", "b")})
    names = ((number, decoder.reg_name(number)) for number in range(1, x86.X86_REG_ENDING))
    return {number: whole[name] for number, name in names if name in whole}


class LifterX8664(Lifter):
    """Decodes each instruction once: the same bytes mean the same, unless they speak of their own place."""

    # Shared by all images of a process: most instructions are the same everywhere.
    _known: ClassVar[Dict[bytes, Tuple[Tuple[Operation, ...], Optional[Tuple[Any, ...]]]]] = {}

    def __init__(self, microsoft: bool) -> None:
        self.conventions = _MICROSOFT if microsoft else _SYSTEM_V
        self._quick = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
        self._full = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
        self._full.detail = True
        self._whole = _whole_registers(self._full)

    def lift(self, code: bytes, address: int) -> List[Instruction]:
        """The instructions of `code`; a byte that begins none is skipped, as a trap."""
        found: List[Instruction] = []
        position = 0
        while position < len(code):
            for at, size, mnemonic, text in self._quick.disasm_lite(code[position:], address + position):
                found.append(self._lift_one(code[at - address : at - address + size], at, mnemonic, text))
            position = found[-1].address + found[-1].size - address if found else position
            if position < len(code):
                found.append(Instruction(address + position, 1, op.NOTHING, (op.TRAP,)))
                position += 1
        return found

    def _lift_one(self, code: bytes, address: int, mnemonic: str, text: str) -> Instruction:
        known = self._known.get(code)
        if known is None:
            if text.startswith("0x") and (mnemonic[0] == "j" or mnemonic.endswith(("call", "jmp"))):
                return self._lift_jump(len(code), address, mnemonic.rsplit(" ", 1)[-1], int(text, 16))
            decoded = next(self._full.disasm(code, address))
            known = self._decode(decoded)
            # The length of an instruction and its place are in what `rip` means; a frame is named by its place.
            if (
                "rip" not in text
                and not mnemonic.startswith(("j", "loop"))
                and (mnemonic != "and" or "rsp" not in text)
            ):
                self._known[code] = known
        return Instruction(address, len(code), known[0], known[1])

    @staticmethod
    def _lift_jump(size: int, address: int, mnemonic: str, target: int) -> Instruction:
        if mnemonic == "call":
            return Instruction(address, size, ((op.CALL, op.CALL_DIRECT, target),), None)
        if mnemonic == "jmp":
            return Instruction(address, size, op.NOTHING, (op.JUMP, target))
        return Instruction(address, size, op.NOTHING, (op.BRANCH, _CONDITIONS.get(mnemonic[1:]), target))

    def _memory(self, operand: Any, instruction: Any) -> op.Memory:
        memory = operand.mem
        base = self._whole.get(memory.base) if memory.base else None
        if memory.segment or (memory.base and base is None) or (memory.index and not memory.base):
            return (op.UNKNOWN, None, 0, 0)
        index = self._whole.get(memory.index, op.UNKNOWN) if memory.index else None
        if base == "rip":
            return (None, index, memory.scale, instruction.address + instruction.size + memory.disp)
        return (base, index, memory.scale, memory.disp)

    def _decode(self, it: Any) -> Tuple[Tuple[Operation, ...], Optional[Tuple[Any, ...]]]:
        mnemonic = it.mnemonic.rsplit(" ", 1)[-1]
        operands = it.operands
        end: Optional[Tuple[Any, ...]] = None
        if mnemonic in ("nop", "int3") or (mnemonic == "xchg" and operands[0].reg == operands[1].reg != 0):
            return op.PADDING, None
        if mnemonic in ("ret", "retf"):
            return op.NOTHING, (op.RETURN,)
        if mnemonic in ("ud2", "hlt"):
            return op.NOTHING, (op.TRAP,)
        if mnemonic == "jmp":
            return ((op.TAIL, *self._call_target(operands[0], it)),), (op.INDIRECT,)
        if mnemonic[0] == "j" or mnemonic.startswith("loop"):
            end = (op.BRANCH, _CONDITIONS.get(mnemonic[1:]), operands[0].imm)
            return op.NOTHING, end
        decode = getattr(self, f"_{mnemonic}", None)
        found = decode(it, operands) if decode else None
        if found is None and mnemonic.startswith("set") and len(operands) == 1:
            found = self._set(it, operands, mnemonic)
        if found is None and mnemonic.startswith("cmov"):
            found = self._cmov(it, operands, mnemonic)
        if found is None:
            found = self._other(it, operands, mnemonic)
        return tuple(found), None

    def _call_target(self, operand: Any, it: Any) -> Tuple[int, Any]:
        if operand.type == _NUMBER:
            return op.CALL_DIRECT, operand.imm
        if operand.type == _REGISTER:
            return op.CALL_REGISTER, self._whole.get(operand.reg)
        return op.CALL_MEMORY, self._memory(operand, it)

    def _call(self, it: Any, operands: Any) -> List[Operation]:
        return [(op.CALL, *self._call_target(operands[0], it))]

    def _mov(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        target, source = operands
        if target.type == _MEMORY:
            return self._store(it, target, source)
        register = self._whole.get(target.reg)
        if register is None:
            return None
        if target.size < 4:
            return [(op.KILL, register)]
        if source.type == _NUMBER:
            return [(op.SET, register, source.imm & ((1 << 8 * target.size) - 1))]
        if source.type == _MEMORY:
            return [(op.LOAD, register, self._memory(source, it), target.size)]
        moved = self._whole.get(source.reg)
        return [(op.MOVE, register, moved, target.size) if moved else (op.KILL, register)]

    _movabs = _mov

    def _store(self, it: Any, target: Any, source: Any) -> List[Operation]:
        number = source.imm if source.type == _NUMBER else None
        register = self._whole.get(source.reg) if source.type == _REGISTER else None
        return [(op.STORE, self._memory(target, it), target.size, register, number)]

    def _movzx(self, it: Any, operands: Any) -> List[Operation]:
        register = self._whole[operands[0].reg]
        if operands[1].type == _MEMORY:
            return [(op.LOAD, register, self._memory(operands[1], it), operands[1].size)]
        return [(op.MOVE_LOW, register, self._whole[operands[1].reg])]

    _movsx = _movsxd = _movzx

    def _lea(self, it: Any, operands: Any) -> List[Operation]:
        register = self._whole.get(operands[0].reg)
        base, index, scale, displacement = self._memory(operands[1], it)
        if register is None or operands[0].size < 8 or base == op.UNKNOWN:
            return [(op.KILL, register)]
        if index is not None:
            return [(op.INDEX, register, (base, index, scale, displacement))]
        if base is None:
            return [(op.SET, register, displacement)]
        return [(op.ADD_NUMBER, register, base, displacement)]

    def _push(self, it: Any, operands: Any) -> List[Operation]:
        source = operands[0]
        load = [(op.LOAD, op.SCRATCH, self._memory(source, it), 8)] if source.type == _MEMORY else []
        register = op.SCRATCH if load else self._whole.get(source.reg) if source.type == _REGISTER else None
        number = source.imm if source.type == _NUMBER else None
        return [*load, (op.ADD_NUMBER, "rsp", "rsp", -8), (op.STORE, ("rsp", None, 0, 0), 8, register, number)]

    def _pop(self, it: Any, operands: Any) -> List[Operation]:
        register = self._whole.get(operands[0].reg) if operands[0].type == _REGISTER else None
        load = [(op.LOAD, register, ("rsp", None, 0, 0), 8)] if register else []
        return [*load, (op.ADD_NUMBER, "rsp", "rsp", 8)]

    def _leave(self, it: Any, operands: Any) -> List[Operation]:
        load = (op.LOAD, "rbp", ("rsp", None, 0, 0), 8)
        return [(op.MOVE, "rsp", "rbp", 8), load, (op.ADD_NUMBER, "rsp", "rsp", 8)]

    def _add(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        target, source = operands
        register = self._whole.get(target.reg) if target.type == _REGISTER else None
        if register is None or target.size != 8:
            return None
        if source.type == _NUMBER:
            sign = 1 if it.mnemonic.endswith("add") else -1
            return [(op.ADD_NUMBER, register, register, sign * source.imm), (op.FORGET_FLAGS,)]
        if it.mnemonic.endswith("sub"):
            return None
        if source.type == _REGISTER:
            return [(op.ADD, register, register, self._whole.get(source.reg)), (op.FORGET_FLAGS,)]
        load = (op.LOAD, op.SCRATCH, self._memory(source, it), 8)
        return [load, (op.ADD, register, register, op.SCRATCH), (op.FORGET_FLAGS,)]

    _sub = _add

    def _xor(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        register = self._same_register(operands)
        return [(op.SET, register, 0), (op.FORGET_FLAGS,)] if register else None

    def _sbb(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        register = self._same_register(operands)
        return [(op.BORROW, register), (op.FORGET_FLAGS,)] if register else None

    def _same_register(self, operands: Any) -> Optional[str]:
        first, second = operands[:2]
        if first.type == second.type == _REGISTER and first.reg == second.reg:
            return self._whole.get(first.reg)
        return None

    def _shl(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        register = self._whole.get(operands[0].reg) if operands[0].type == _REGISTER else None
        if register is None or len(operands) < 2 or operands[1].type != _NUMBER:
            return None
        return [(op.SHIFT_LEFT, register, operands[1].imm), (op.FORGET_FLAGS,)]

    def _and(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        register = self._whole.get(operands[0].reg) if operands[0].type == _REGISTER else None
        if register == "rsp":
            return [(op.ALIGN_STACK, it.address), (op.FORGET_FLAGS,)]
        if register is None or operands[1].type != _NUMBER:
            return None
        return [(op.MASK, register, operands[1].imm), (op.FORGET_FLAGS,)]

    def _cmp(self, it: Any, operands: Any) -> List[Operation]:
        return [(op.COMPARE, self._operand(it, operands[0]), self._operand(it, operands[1]), operands[0].size)]

    def _operand(self, it: Any, operand: Any) -> Tuple[int, Any]:
        if operand.type == _REGISTER:
            return op.OPERAND_REGISTER, self._whole.get(operand.reg)
        if operand.type == _NUMBER:
            return op.OPERAND_NUMBER, operand.imm
        return op.OPERAND_MEMORY, self._memory(operand, it)

    def _test(self, it: Any, operands: Any) -> List[Operation]:
        register = self._same_register(operands)
        if register:
            return [(op.TEST, register)]
        return [(op.FORGET_FLAGS,)]

    def _set(self, it: Any, operands: Any, mnemonic: str) -> Optional[List[Operation]]:
        if operands[0].type == _MEMORY:
            store = (op.STORE, self._memory(operands[0], it), 1, op.SCRATCH, None)
            return [(op.SET_IF, _CONDITIONS.get(mnemonic[3:]), op.SCRATCH), store]
        return [(op.SET_IF, _CONDITIONS.get(mnemonic[3:]), self._whole[operands[0].reg])]

    def _cmov(self, it: Any, operands: Any, mnemonic: str) -> List[Operation]:
        register = self._whole[operands[0].reg]
        condition = _CONDITIONS.get(mnemonic[4:])
        if operands[1].type == _MEMORY:
            load = (op.LOAD, op.SCRATCH, self._memory(operands[1], it), operands[0].size)
            return [load, (op.SELECT, register, op.SCRATCH, condition)]
        return [(op.SELECT, register, self._whole[operands[1].reg], condition)]

    def _xchg(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        first, second = operands
        if first.type == _REGISTER == second.type:
            one, two = self._whole.get(first.reg), self._whole.get(second.reg)
            if one is None or two is None:
                return None
            size = first.size
            return [(op.MOVE, op.SCRATCH, one, size), (op.MOVE, one, two, size), (op.MOVE, two, op.SCRATCH, size)]
        memory, register = (first, second) if first.type == _MEMORY else (second, first)
        place, name = self._memory(memory, it), self._whole.get(register.reg)
        load = (op.LOAD, op.SCRATCH, place, memory.size)
        return [load, (op.STORE, place, memory.size, name, None), (op.MOVE, name, op.SCRATCH, memory.size)]

    def _cmpxchg(self, it: Any, operands: Any) -> Optional[List[Operation]]:
        if operands[0].type != _MEMORY:
            return None
        place = self._memory(operands[0], it)
        store = (op.STORE, place, operands[0].size, self._whole.get(operands[1].reg), None)
        return [(op.LOAD, "rax", place, operands[0].size), store, (op.FORGET_FLAGS,)]

    def _other(self, it: Any, operands: Any, mnemonic: str) -> List[Operation]:
        """What is not followed: memory that it reads or writes, registers that it reads or changes."""
        found: List[Operation] = []
        for operand in operands:
            if operand.type == _MEMORY:
                place = self._memory(operand, it)
                if operand.access & capstone.CS_AC_READ and mnemonic != "nop":
                    found.append((op.READ, place, operand.size))
                if operand.access & capstone.CS_AC_WRITE:
                    found.append((op.STORE, place, operand.size, None, None))
            elif self._whole.get(operand.reg) and operand.size == 8 and operand.access & capstone.CS_AC_READ:
                found.append((op.LEAK, self._whole[operand.reg]))
        _, written = it.regs_access()
        found += [(op.KILL, self._whole[number]) for number in written if number in self._whole]
        # `movsd` is two instructions: one moves a string, the other a number between vector registers.
        vector = any(operand.type == _REGISTER and operand.reg not in self._whole for operand in operands)
        if mnemonic.startswith(_STRING_INSTRUCTIONS) and len(operands) == 2 and not vector:
            found += [(op.KILL, register) for register in ("rcx", "rdi", "rsi")]
        if not mnemonic.startswith(_KEEPS_FLAGS):
            found.append((op.FORGET_FLAGS,))
        return found
