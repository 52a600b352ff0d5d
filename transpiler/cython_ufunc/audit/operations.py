# SPDX-License-Identifier: BSD-3-Clause
"""The few operations that instructions of every processor are reduced to: those that can move a table, or a version.

An operation is a tuple that begins with one of the numbers below. Registers are the names of the whole ones. A memory
operand is `(base, index, scale, displacement)`: base None is an absolute address, UNKNOWN one that is not followed.
"""

from typing import Any, List, NamedTuple, Optional, Tuple

Operation = Tuple[Any, ...]
Memory = Tuple[Optional[str], Optional[str], int, int]

UNKNOWN = "?"
# Registers of our own, for instructions that take several steps.
SCRATCH = "~"
SCRATCH_2 = "~2"

KILL = 0  # register: gets something unknown
MOVE = 1  # register, source, size
SET = 2  # register, number
ADD_NUMBER = 3  # register, source, number
LOAD = 4  # register, memory, size
STORE = 5  # memory, size, source register or None, number or None
READ = 6  # memory, size: the value goes where it is not followed
LEAK = 7  # register: likewise
CALL = 8  # kind, target: see CALL_*
COMPARE = 9  # two operands: see OPERAND_*
FORGET_FLAGS = 10
TEST = 11  # register: compared to zero
ADD = 12  # register, source, source
INDEX = 13  # register, memory: its address, not its content
SET_IF = 14  # condition, register
SELECT = 15  # register, source, condition or None: where it holds the source, else what the register holds already
SHIFT_LEFT = 16  # register, number
MASK = 17  # register, number
BORROW = 18  # register: 0 or -1
SET_PART = 19  # register, number, shift: 16 bits of it
ALIGN_STACK = 20  # an address that names the new frame
PAD = 21  # nothing, between functions or blocks
MOVE_LOW = 22  # register, source: its lowest byte or two
MASKED = 23  # register, source, number
TAIL = 24  # kind, target: a CALL from which control does not return

CALL_DIRECT = 0  # address
CALL_REGISTER = 1  # register
CALL_MEMORY = 2  # memory

OPERAND_REGISTER = 0
OPERAND_NUMBER = 1
OPERAND_MEMORY = 2

# How a block ends: (JUMP, target), (BRANCH, condition or None, target), ...
JUMP, BRANCH, INDIRECT, RETURN, TRAP = range(5)

EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL = range(6)
OPPOSITE = (NOT_EQUAL, EQUAL, LESS_EQUAL, LESS, GREATER_EQUAL, GREATER)
# The same condition with the operands exchanged.
EXCHANGED = (EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL)


class Instruction(NamedTuple):
    """One of them; `end` is None within a block."""

    address: int
    size: int
    operations: Tuple[Operation, ...]
    end: Optional[Tuple[Any, ...]]


class Conventions(NamedTuple):
    """How functions are called."""

    arguments: Tuple[str, ...]
    result: str
    stack: str
    frame: str
    lost: Tuple[str, ...]  # registers that a call may change


class Lifter:
    """Turns machine code into operations."""

    conventions: Conventions

    def lift(self, code: bytes, address: int) -> List[Instruction]:
        """The instructions of `code`, which is loaded at `address`."""
        raise NotImplementedError


PADDING: Tuple[Operation, ...] = ((PAD,),)
NOTHING: Tuple[Operation, ...] = ()
FLAGS: Tuple[Operation, ...] = ((FORGET_FLAGS,),)
