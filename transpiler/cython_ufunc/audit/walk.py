# SPDX-License-Identifier: BSD-3-Clause
"""Walks through a function, and follows tables and versions of NumPy.

There are two ways to walk. MAY begins where the code speaks of something that matters, and collects all that may
hold: nothing that may be a table is lost. MUST begins at the entry, and keeps only what holds on each way: what it
says of the version is proven.
"""

import heapq
from typing import Any, Dict, FrozenSet, Iterable, List, NamedTuple, Optional, Set, Tuple

from cython_ufunc.audit import operations as op
from cython_ufunc.audit import values as kind
from cython_ufunc.audit.image import X86_64
from cython_ufunc.audit.knowledge import Key, Knowledge, Use
from cython_ufunc.audit.operations import Instruction
from cython_ufunc.audit.program import Program
from cython_ufunc.audit.references import ANCHOR_ABOVE, ANCHOR_BELOW, reaches
from cython_ufunc.audit.slots import ABI_VERSION_SLOT, ARRAY, FEATURE_VERSION_SLOT, UFUNC
from cython_ufunc.audit.state import State
from cython_ufunc.audit.values import NO_LIMIT, Value

# Functions that take an attribute's name and return its value; that get the pointer out of a capsule; that give the
# table to others.
_GETTERS = {"PyObject_GetAttrString": 1, "PyDict_GetItemString": 1, "PyMapping_GetItemString": 1}
_UNPACKERS = {"PyCapsule_GetPointer": 1, "PyCapsule_Import": 0}
_SETTERS = dict.fromkeys(
    (
        "PyDict_SetItemString",
        "PyModule_AddObject",
        "PyModule_AddObjectRef",
        "PyModule_Add",
        "PyObject_SetAttrString",
        "PyMapping_SetItemString",
    ),
    1,
)
FIRST_PAGE = 4096
# How many different contents of the registers are followed through one block.
_VARIANTS = 16
NAMED = {**_GETTERS, **_UNPACKERS, **_SETTERS}
_IMPORTS = "PyImport_Import"
_NEVER_RETURN = frozenset(
    ["__cxa_throw", "_Unwind_Resume", "abort", "__stack_chk_fail", "exit", "_ZSt9terminatev", "__cxa_rethrow"]
)
# They take what they are given by value, or keep no pointer to a table.
_HARMLESS = ("Py", "_Py", "__cxa_", "_Unwind_", "_Zn", "_Zd", "__stack_chk", "free", "malloc", "calloc")
# Slots whose results matter.
_VERSION_SLOTS = (ABI_VERSION_SLOT, FEATURE_VERSION_SLOT)
_TABLE_NAMES = {"_ARRAY_API": ARRAY, "_UFUNC_API": UFUNC}
IMPORTED = "import"
STORED_SOMEWHERE = "the table is stored through a pointer"


def table_named(text: Optional[bytes]) -> Optional[str]:
    """Which table the attribute of that name is: `_ARRAY_API`, or a dotted name that ends so."""
    if text is None:
        return None
    return _TABLE_NAMES.get(text.decode("latin-1").rsplit(".", 1)[-1])


class Watched(NamedTuple):
    """What code may speak of that matters."""

    addresses: FrozenSet[int]
    names: FrozenSet[int]  # those of them that are the tables' names


class Walk:
    """One walk. What it finds is in its attributes."""

    def __init__(
        self,
        program: Program,
        knowledge: Knowledge,
        start: int,
        watched: Watched,
        proven: Optional["Proven"] = None,
        guessed_table: Optional[str] = None,
    ) -> None:
        """`proven`: what MUST may rely on; None for MAY. `guessed_table`: what capsules of unknown origin hold."""
        self._program = program
        self._image = program.image
        self._knowledge = knowledge
        self._start = start
        self._watched = watched
        self._names = watched.names
        self._proven = proven
        self._guessed_table = guessed_table
        self._conventions = program.lifter.conventions
        self._places: Dict[int, Tuple[int, int]] = {}  # function and position of each loaded instruction
        self._loaded: Set[int] = set()
        self._states: Dict[Tuple[int, int], State] = {}  # by block and variant
        self._numbers: Dict[int, bool] = {}  # whether they matter
        self._work: List[Tuple[int, int]] = []
        self._waiting: Set[Tuple[int, int]] = set()
        self._indirect: Dict[int, List[State]] = {}  # by function: at its jumps to cases
        self._at_calls: Dict[int, List[State]] = {}  # where an exception may pass
        self._recording = proven is None
        self._returned: List[Optional[Value]] = []
        self.uses: Dict[Tuple[int, str, int], Use] = {}  # MUST: proven ones
        self.bounds_at_calls: Dict[int, int] = {}  # MUST: the lowest version at each place that calls
        self.called: Set[Tuple[str, int]] = set()  # table and slot of what is called
        self.early: Set[Tuple[int, str, int]] = set()  # MUST: uses of a variable that has no table yet
        self.stores: Dict[Tuple[Key, int], Value] = {}  # MUST: versions and predicates stored, by variable and place
        self.imported: Dict[
            int, Tuple[Key, str]
        ] = {}  # MUST: where a table that was just imported is stored: variable and table
        self.new_entries: Set[int] = set()  # MAY: functions that are given a table
        self.guesses = 0
        self.names_seen: Set[int] = set()  # the tables' names that it takes the address of

    # -- beginning and end

    def from_places(self, places: Iterable[int]) -> "Walk":
        """Walks from the instructions that `places` are in, and from the entry if the function is given a table."""
        self._load(self._start)
        entry = self._knowledge.entries.get(self._start)
        if entry:
            state = self._fresh()
            state.registers.update(entry)
            self._push(self._start, state, True)
        for place in places:
            found = self._program.instruction_at(place)
            if found and found[1].address in self._places:
                self._push(found[1].address, self._fresh(), True)
        self._run()
        return self

    def from_entry(self, low: int) -> "Walk":
        """Walks from the entry, where the version is at least `low`."""
        self._load(self._start)
        state = self._fresh()
        state.low = low
        self._push(self._start, state, True)
        self._run()
        self._record()
        return self

    def result(self) -> Optional[Value]:
        """What the function returns, if it is a table, a version or a predicate, on each way that does not fail."""
        found = [
            value
            for value in self._returned
            if value and value[0] in (kind.TABLE, kind.VERSION, kind.CAPSULE, kind.PREDICATE)
        ]
        if not found:
            return None
        rest = (value for value in self._returned if value not in found)
        if self._proven is not None and found[0][0] in (kind.VERSION, kind.PREDICATE):
            return found[0] if all(value == found[0] for value in self._returned) else None
        if all(value is None or value == (kind.NUMBER, 0) for value in rest):
            return found[0]
        return found[0] if found[0][0] == kind.TABLE else None

    def _fresh(self) -> State:
        state = State()
        state.registers[self._conventions.stack] = (kind.STACK, "stack", 0)
        if self._proven is None and self._program.code(self._start).has_frame:
            state.registers[self._conventions.frame] = (kind.STACK, "frame", 0)
        return state

    def _load(self, start: int) -> Any:
        code = self._program.code(start)
        if start not in self._loaded:
            self._loaded.add(start)
            self._numbers.clear()
            for position, each in enumerate(code.instructions):
                self._places[each.address] = (start, position)
        return code

    def _known(self, address: int) -> bool:
        """Loads the function that `address` is in; whether an instruction begins there."""
        if address not in self._places:
            start = self._image.function_at(address)
            if start is None or start in self._loaded:
                return False
            self._load(start)
        return address in self._places

    def _interesting(self, value: Value) -> bool:
        tag = value[0]
        if tag is kind.NUMBER:
            number = value[1]
            if number not in self._numbers:
                self._numbers[number] = self._may_become_watched(number)
            return self._numbers[number]
        if tag is kind.ADDRESSES:
            return any(self._interesting((kind.NUMBER, number)) for number in value[1])
        if tag is kind.SLOT:
            return value[2] in _VERSION_SLOTS and value[1] == ARRAY
        if tag is kind.IMPORT:
            return value[1] in NAMED or value[1] in self._knowledge.variables
        return tag is not kind.STACK and tag is not kind.NUMBERS

    def _may_become_watched(self, number: int) -> bool:
        """Whether it is a watched address; on AArch64 also whether the code has what makes it one."""
        if number in self._watched.addresses or self._image.machine == X86_64:
            return number in self._watched.addresses
        if 0 < number < FIRST_PAGE:  # a small number, as they come
            return False
        return any(
            reaches(address - number, self._program.references.offsets(start))
            for address in self._watched.addresses
            if -ANCHOR_ABOVE <= address - number <= ANCHOR_BELOW
            for start in self._loaded
        )

    def _push(self, address: int, state: State, always: bool = False) -> None:
        if self._proven is None and not always and not self._holds_something(state):
            return
        if not self._known(address):
            return
        if self._proven is not None:
            self._merge((address, 0), state)
            return
        # What cannot be said in one state goes into another.
        for variant in range(_VARIANTS):
            known = self._states.get((address, variant))
            if known is None or known.agrees_with(state, self._interesting):
                self._merge((address, variant), state)
                return
        self._lose(address, "what registers hold there is not told apart")

    def _holds_something(self, state: State) -> bool:
        return any(map(self._interesting, state.registers.values())) or any(
            map(self._interesting, state.stack.values())
        )

    def _merge(self, key: Tuple[int, int], state: State) -> None:
        known = self._states.get(key)
        if known is None:
            self._states[key] = state.copy()
            changed = True
        elif self._proven is None:
            changed = known.add_what_may_hold_in(state, self._interesting)
        else:
            changed = known.keep_what_holds_in(state)
        if changed and key not in self._waiting:
            heapq.heappush(self._work, key)
            self._waiting.add(key)

    def _run(self) -> None:
        while True:
            while self._work:
                key = heapq.heappop(self._work)
                self._waiting.discard(key)
                self._block(key)
            if not self._indirect and not self._at_calls:
                break
            for states in (self._indirect, self._at_calls):
                for start, found in list(states.items()):
                    del states[start]
                    for target in self._program.code(start).unexplained:
                        for state in found:
                            self._push(target, state)

    def _record(self) -> None:
        """Goes through each block once more, now that what is known there is final."""
        self._recording = True
        self._returned = []
        for key in list(self._states):
            self._block(key)
            self._work.clear()

    def _lose(self, address: int, why: str) -> None:
        if self._proven is None:
            self._knowledge.lose(address, self._start, why)

    # -- one block

    def _block(self, key: Tuple[int, int]) -> None:
        state = self._states[key].copy()
        address = key[0]
        start, position = self._places[address]
        code = self._program.code(start)
        instructions, leaders = code.instructions, code.leaders
        first = address
        while position < len(instructions):
            instruction = instructions[position]
            at = instruction.address
            if at != first and at in leaders:
                self._push(at, state)
                return
            for operation in instruction.operations:
                if self._step(state, at, operation):
                    return
            if instruction.end:
                self._end(state, start, code, position, instruction)
                return
            position += 1

    def _end(self, state: State, start: int, code: Any, position: int, instruction: Instruction) -> None:
        end = instruction.end or (op.TRAP,)
        if end[0] == op.JUMP:
            self._jump(state, start, instruction.address, end[1])
        elif end[0] == op.BRANCH:
            condition = end[1]
            compared = state.compared
            if compared and condition is not None:
                self._note_check(start, instruction.address, compared, condition)
            taken = state.copy()
            _refine(taken, compared, condition)
            if taken.low <= taken.high:
                self._jump(taken, start, instruction.address, end[2])
            _refine(state, compared, None if condition is None else op.OPPOSITE[condition])
            if state.low <= state.high and position + 1 < len(code.instructions):
                self._push(code.instructions[position + 1].address, state)
        elif end[0] == op.INDIRECT:
            if not self._recording or self._proven is None:
                self._collect(self._indirect.setdefault(start, []), state)
        elif end[0] == op.RETURN:
            self._returned.append(state.registers.get(self._conventions.result))

    def _collect(self, states: List[State], state: State) -> None:
        """Adds what is known to what is known at other such places."""
        if self._proven is not None and states:
            states[0].keep_what_holds_in(state)
            return
        for known in states:
            if known.agrees_with(state, self._interesting):
                known.add_what_may_hold_in(state, self._interesting)
                return
        states.append(state.copy())

    def _jump(self, state: State, start: int, at: int, target: int) -> None:
        if target in self._image.thunks:  # a tail call of another library's function
            self._call(state, at, (op.CALL, op.CALL_DIRECT, target))
            self._returned.append(state.registers.get(self._conventions.result))
            return
        if self._recording and self._proven is not None:
            self.bounds_at_calls[at] = min(state.low, self.bounds_at_calls.get(at, NO_LIMIT))
        self._push(target, state)

    def _note_check(self, start: int, at: int, compared: Tuple[Any, ...], condition: int) -> None:
        if compared[0] == kind.VERSION:
            found = kind.predicate(op.EXCHANGED[condition] if compared[2] else condition, compared[1])
            self._knowledge.version_checks.setdefault(start, {})[at] = found[1] or found[3]

    # -- one operation

    def _step(self, state: State, at: int, operation: Tuple[Any, ...]) -> bool:
        """Carries it out; returns whether control does not come back."""
        what = operation[0]
        registers = state.registers
        if what == op.KILL:
            registers.pop(operation[1], None)
        elif what == op.LOAD:
            value = self._read(state, at, operation[2], operation[3])
            self._set(registers, operation[1], value, operation[3])
        elif what == op.MOVE:
            self._set(registers, operation[1], registers.get(operation[2]), operation[3])
        elif what == op.SET:
            registers[operation[1]] = (kind.NUMBER, operation[2])
            if operation[2] in self._names:
                self.names_seen.add(operation[2])
        elif what == op.FORGET_FLAGS:
            state.compared = None
        elif what == op.STORE:
            self._write(state, at, operation[1], operation[2], operation[3], operation[4])
        elif what == op.ADD_NUMBER:
            value = _plus(registers.get(operation[2]), operation[3])
            _put(registers, operation[1], value)
            if (
                value
                and value[0] in (kind.NUMBER, kind.ADDRESSES)
                and not self._names.isdisjoint(kind.each_address(value))
            ):
                self.names_seen |= self._names & kind.each_address(value)
        elif what == op.CALL or what == op.TAIL:
            return self._call(state, at, operation)
        elif what == op.COMPARE:
            self._compare(state, at, operation)
        elif what == op.TEST:
            value = registers.get(operation[1])
            state.compared = None
            if value and value[0] == kind.PREDICATE:
                state.compared = value
            elif value and value[0] == kind.TABLE:
                state.compared = (kind.TABLE, value[3])
            elif value and value[0] == kind.VERSION:
                state.compared = (kind.VERSION, 0, False)
        elif what == op.READ:
            value = self._read(state, at, operation[1], operation[2])
            if value and value[0] in (kind.TABLE, kind.TABLES):
                self._lose(at, "an instruction that is not followed loads the table")
        elif what == op.LEAK:
            value = registers.get(operation[1])
            if value and value[0] in (kind.TABLE, kind.TABLES):
                self._lose(at, "an instruction that is not followed takes the table")
        elif what == op.ADD:
            _put(registers, operation[1], self._sum(at, registers.get(operation[2]), registers.get(operation[3]), 1))
        elif what == op.INDEX:
            base, index, scale, displacement = operation[2]
            first = registers.get(base) if base else (kind.NUMBER, 0)
            _put(registers, operation[1], _plus(self._sum(at, first, registers.get(index), scale), displacement))
        elif what == op.PAD:
            pass
        elif what == op.SET_IF:
            self._set_if(state, at, operation[1], operation[2])
        elif what == op.SELECT:
            self._select(state, at, operation[1], operation[2], operation[3])
        elif what == op.SHIFT_LEFT:
            _put(registers, operation[1], _shifted(registers.get(operation[1]), operation[2]))
        elif what == op.MASK:
            self._leak_of_table(at, registers.get(operation[1]))
            _put(registers, operation[1], _masked(registers.get(operation[1]), operation[2]))
        elif what == op.MASKED:
            self._leak_of_table(at, registers.get(operation[2]))
            _put(registers, operation[1], _masked(registers.get(operation[2]), operation[3]))
        elif what == op.MOVE_LOW:
            value = registers.get(operation[2])
            small = value and value[0] in (kind.PREDICATE, kind.VERSION, kind.NUMBER, kind.NUMBERS)
            _put(registers, operation[1], value if small else None)
        elif what == op.BORROW:
            without, borrowed = self._bounds_by(state, op.LESS)
            registers[operation[1]] = (kind.NUMBERS, ((-1, *borrowed), (0, *without)))
        elif what == op.SET_PART:
            value = registers.get(operation[1])
            if value and value[0] == kind.NUMBER:
                number = value[1] & ~(0xFFFF << operation[3]) | operation[2] << operation[3]
                registers[operation[1]] = (kind.NUMBER, number)
            else:
                registers.pop(operation[1], None)
        elif what == op.ALIGN_STACK:
            registers[self._conventions.stack] = (kind.STACK, operation[1], 0)
        return False

    @staticmethod
    def _set(registers: Dict[Any, Value], register: str, value: Optional[Value], size: int) -> None:
        whole = size == 8 or (
            value is not None and value[0] in (kind.VERSION, kind.ABI, kind.PREDICATE, kind.NUMBER, kind.NUMBERS)
        )
        _put(registers, register, value if whole else None)

    def _leak_of_table(self, at: int, value: Optional[Value]) -> None:
        if value and value[0] == kind.TABLE:
            self._lose(at, "the table's address is computed with")

    def _sum(self, at: int, first: Optional[Value], second: Optional[Value], scale: int) -> Optional[Value]:
        """`first + second * scale`."""
        if (first and first[0] == kind.NUMBERS and scale == 1) or (
            second and second[0] in (kind.TABLE, kind.TABLES) and scale == 1
        ):
            first, second = second, first
        if first is None or first[0] not in (kind.TABLE, kind.NUMBER):
            if (second and second[0] == kind.TABLE) or (first and first[0] == kind.TABLES):
                self._lose(at, "the table is indexed by an unknown number")
            return None
        if second and second[0] == kind.NUMBER:
            return _plus(first, second[1] * scale)
        if first[0] != kind.TABLE:
            return None
        if second and second[0] == kind.NUMBERS:
            offsets = tuple((first[2] + number * scale, low, high) for number, low, high in second[1])
            return (kind.TABLES, first[1], offsets, first[3])
        self._lose(at, "the table is indexed by an unknown number")
        return None

    def _compare(self, state: State, at: int, operation: Tuple[Any, ...]) -> None:
        first, second = (self._operand(state, at, each, operation[3]) for each in operation[1:3])
        state.compared = None
        if not first or not second:
            return
        exchanged = first[0] == kind.NUMBER
        if exchanged:
            first, second = second, first
        if second[0] != kind.NUMBER:
            return
        number = second[1]
        if first[0] == kind.VERSION:
            state.compared = (kind.VERSION, number, exchanged)
        elif first[0] == kind.ABI:
            self._knowledge.abi_checks.setdefault(self._start, {})[at] = number
        elif first[0] == kind.PREDICATE and number == 0:
            state.compared = first
        elif first[0] == kind.PREDICATE and number == 1 and not exchanged:
            state.compared = (kind.PREDICATE, *first[3:5], *first[1:3])
        elif first[0] == kind.TABLE and number == 0:
            state.compared = (kind.TABLE, first[3])

    def _operand(self, state: State, at: int, operand: Tuple[int, Any], size: int) -> Optional[Value]:
        if operand[0] == op.OPERAND_REGISTER:
            return state.registers.get(operand[1])
        if operand[0] == op.OPERAND_NUMBER:
            return (kind.NUMBER, operand[1])
        return self._read(state, at, operand[1], size)

    def _set_if(self, state: State, at: int, condition: Optional[int], register: str) -> None:
        compared = state.compared
        value: Optional[Value] = None
        if compared and condition is not None:
            if compared[0] == kind.VERSION:
                value = kind.predicate(op.EXCHANGED[condition] if compared[2] else condition, compared[1])
                self._note_check(self._start, at, compared, condition)
            elif compared[0] == kind.PREDICATE and condition == op.NOT_EQUAL:
                value = compared
            elif compared[0] == kind.PREDICATE and condition == op.EQUAL:
                value = (kind.PREDICATE, *compared[3:5], *compared[1:3])
        _put(state.registers, register, value)

    def _select(self, state: State, at: int, register: str, source: str, condition: Optional[int]) -> None:
        first, second = state.registers.get(register), state.registers.get(source)
        if first == second:
            return
        if self._proven is None:
            of_interest = [value for value in (first, second) if value and self._interesting(value)]
            if len(of_interest) == 2 and kind.TABLE in (of_interest[0][0], of_interest[1][0]):
                self._lose(at, "one of two tables is selected")
            if of_interest:
                state.registers[register] = of_interest[0]
                return
        if_not, if_so = self._bounds_by(state, condition)
        _put(state.registers, register, kind.numbers(first, if_not, second, if_so))

    @staticmethod
    def _bounds_by(state: State, condition: Optional[int]) -> Tuple[Tuple[int, int], Tuple[int, int]]:
        """The bounds of the version where the condition does not hold, and where it does."""
        bounds = (state.low, state.high)
        compared = state.compared
        if condition is None or compared is None:
            return bounds, bounds
        if compared[0] == kind.VERSION:
            found = kind.predicate(op.EXCHANGED[condition] if compared[2] else condition, compared[1])
        elif compared[0] == kind.PREDICATE and condition in (op.EQUAL, op.NOT_EQUAL):
            found = compared if condition == op.NOT_EQUAL else (kind.PREDICATE, *compared[3:5], *compared[1:3])
        else:
            return bounds, bounds
        return (found[3], found[4]), (found[1], found[2])

    # -- memory

    def _read(self, state: State, at: int, memory: op.Memory, size: int, called: bool = False) -> Optional[Value]:
        """What is there; slots are noted."""
        base, index, scale, displacement = memory
        if base == op.UNKNOWN:
            return None
        value: Optional[Value] = state.registers.get(base) if base else (kind.NUMBER, 0)
        if index is not None:
            second = state.registers.get(index)
            if value is None and second is None:
                return None
            value = self._sum(at, value, second, scale)
        if value is None:
            return None
        tag = value[0]
        if tag == kind.TABLE:
            if base and index is None and len(value) == 4:
                state.registers[base] = (*value, True)
            offset = (value[2] + displacement, state.low, state.high)
            return self._read_slots(state, at, value[1], (offset,), size, called, value[3])
        if tag == kind.STACK:
            return state.stack.get((value[1], value[2] + displacement))
        if tag == kind.NUMBER:
            return self._content(value[1] + displacement, size)
        if tag == kind.IMPORT and displacement == 0:
            return self._content(value[1], size)
        if tag == kind.ADDRESSES:
            contents = {self._content(number + displacement, size) for number in value[1]}
            found = [each for each in contents if each is not None and self._interesting(each)]
            if len(found) > 1:
                self._lose(at, "one of several variables is read")
            return found[0] if found else None
        if tag == kind.TABLES:
            offsets = tuple((offset + displacement, low, high) for offset, low, high in value[2])
            return self._read_slots(state, at, value[1], offsets, size, called, value[3])
        return None

    def _content(self, key: Any, size: int) -> Optional[Value]:
        value = self._knowledge.variables.get(key)
        if value is not None:
            if value[0] == kind.TABLE:
                return (kind.TABLE, value[1], 0, key) if size == 8 else None
            if self._proven is None or self._proven.variable(key):
                return value
            return None
        if size != 8:
            return None
        pointer = self._image.pointers.get(key)
        if pointer is None:
            return None
        return (kind.IMPORT, pointer.symbol) if pointer.address is None else (kind.NUMBER, pointer.address)

    def _read_slots(
        self,
        state: State,
        at: int,
        table: str,
        offsets: Tuple[Tuple[int, int, int], ...],
        size: int,
        called: bool,
        variable: Key,
    ) -> Optional[Value]:
        found: Optional[Value] = None
        for offset, low, high in offsets:
            if max(low, state.low) > min(high, state.high):
                continue
            if offset < 0 or offset % 8:
                self._lose(at, f"the table is read at the odd offset {offset}")
                continue
            for part in range(max(1, size // 8)):
                slot = offset // 8 + part
                if self._recording:
                    self._note_use(
                        state,
                        Use(at, self._start, table, slot, called, max(low, state.low), min(high, state.high), variable),
                    )
                found = (kind.SLOT, table, slot if len(offsets) == 1 else -1)
        return found if size == 8 else None

    def _note_use(self, state: State, use: Use) -> None:
        if self._proven is None:
            self._knowledge.add_use(use)
            return
        key = (use.address, use.table, use.slot)
        known = self.uses.get(key)
        if known:
            use = use._replace(low=min(use.low, known.low), high=max(use.high, known.high))
        self.uses[key] = use
        if use.variable != IMPORTED and use.variable not in state.assigned:
            self.early.add(key)

    def _write(
        self, state: State, at: int, memory: op.Memory, size: int, register: Optional[str], number: Optional[int]
    ) -> None:
        value: Optional[Value] = (kind.NUMBER, number) if number is not None else None
        if register is not None:
            value = state.registers.get(register)
        base, index, _, displacement = memory
        place = state.registers.get(base) if base not in (None, op.UNKNOWN) else None
        if place and place[0] == kind.STACK and index is None:
            for part in range(0, max(size, 8), 8):
                state.stack.pop((place[1], place[2] + displacement + part), None)
            if value is not None:
                state.stack[place[1], place[2] + displacement] = value
            return
        if value is None and not self._recording:
            return
        key: Optional[Key] = None
        if index is None:
            if base is None:
                key = displacement
            elif place and place[0] in (kind.NUMBER, kind.ADDRESSES) and len(kind.each_address(place)) == 1:
                key = next(iter(kind.each_address(place))) + displacement
            elif place and place[0] == kind.IMPORT and displacement == 0:
                key = place[1]
        if value is not None and value[0] == kind.TABLE and key is not None:
            state.assigned |= {key}
            if value[3] == IMPORTED and not value[2] and size == 8:
                self.imported[at] = key, value[1]
        if not self._recording:
            return
        held = self._knowledge.variables.get(key) if key is not None else None
        if self._proven is not None and key is not None and held and held[0] in (kind.VERSION, kind.PREDICATE):
            self.stores[key, at] = value or (op.UNKNOWN,)
        elif value is not None:
            self._store_in_variable(state, at, key, value, size)

    def _store_in_variable(self, state: State, at: int, key: Optional[Key], value: Value, size: int) -> None:
        knowledge = self._knowledge
        tag = value[0]
        if tag == kind.TABLE:
            section = self._image.section_at(key) if isinstance(key, int) else None
            if key is None or value[2] or size != 8 or (isinstance(key, int) and not (section and section.writable)):
                self._lose(at, STORED_SOMEWHERE)
                return
            knowledge.variables.setdefault(key, (kind.TABLE, value[1], 0, key))
            if value[3] == IMPORTED:
                knowledge.imports.setdefault(key, set()).add((self._start, at))
        elif tag == kind.TABLES:
            self._lose(at, STORED_SOMEWHERE)
        elif tag in (kind.VERSION, kind.PREDICATE) and key is not None:
            if self._proven is None:
                knowledge.variables.setdefault(key, value)
                knowledge.stores.setdefault(key, {})[at] = value
        elif tag in (kind.NUMBER, kind.IMPORT):
            held = knowledge.variables.get(value[1])
            if held and held[0] == kind.TABLE and size == 8:
                self._lose(at, "the address of the table's variable is stored")

    # -- calls

    def _call(self, state: State, at: int, operation: Tuple[Any, ...]) -> bool:
        conventions = self._conventions
        registers = state.registers
        value: Optional[Value] = None
        target: Optional[int] = None
        name: Optional[str] = None
        if operation[1] == op.CALL_DIRECT:
            target = operation[2]
        elif operation[1] == op.CALL_REGISTER:
            value = registers.get(operation[2])
        else:
            value = self._read(state, at, operation[2], 8, called=True)
        if value and value[0] == kind.IMPORT:
            name = value[1]
        elif value and value[0] in (kind.NUMBER, kind.ADDRESSES) and len(kind.each_address(value)) == 1:
            target = next(iter(kind.each_address(value)))
        if target is not None:
            name = self._image.thunks.get(target)
        slot = value if value and value[0] == kind.SLOT else None
        if operation[0] == op.TAIL and slot is None and name is None and target is None:
            return False  # a jump to a case, as far as one sees
        if operation[0] == op.TAIL and target is not None and name is None:
            self._jump(state, self._start, at, target)
            return True
        result: Optional[Value] = None
        if name is not None:
            result = self._call_named(state, at, name)
        elif slot is not None:
            if self._recording:
                self.called.add((slot[1], slot[2]))
            if slot[1] == ARRAY:
                result = {FEATURE_VERSION_SLOT: (kind.VERSION,), ABI_VERSION_SLOT: (kind.ABI,)}.get(slot[2])
        elif target is not None:
            result = self._call_own(state, at, target)
        else:
            self._lose_arguments(state, at, "is passed to a function that is called by a pointer")
        if self._program.unwinds and self._proven is None:
            self._note_landing(state, at)
        for register in conventions.lost:
            registers.pop(register, None)
        state.compared = None
        if result is not None:
            registers[conventions.result] = result
        if operation[0] == op.TAIL:
            self._returned.append(result)
            return True
        return name in _NEVER_RETURN

    def _note_landing(self, state: State, at: int) -> None:
        """An exception in a function that is called may go on in any block that no jump explains."""
        survivors = state.copy()
        for register in self._conventions.lost:
            survivors.registers.pop(register, None)
        held = [*survivors.registers.values(), *survivors.stack.values()]
        if not any(value[0] in (kind.TABLE, kind.TABLES) for value in held):
            return
        self._collect(self._at_calls.setdefault(self._places[at][0], []), survivors)

    def _call_named(self, state: State, at: int, name: str) -> Optional[Value]:
        arguments = [state.registers.get(register) for register in self._conventions.arguments[:4]]
        knowledge = self._knowledge
        if name.startswith(_IMPORTS) and self._may_name_numpy(arguments[0]):
            # What comes behind an import that failed is not before the import.
            state.assigned |= knowledge.imports.keys()
        if name not in NAMED:
            if not name.startswith(_HARMLESS):
                self._lose_arguments(state, at, f"is passed to {name}()")
            return None
        text = arguments[NAMED[name]]
        table = None
        if text and text[0] in (kind.NUMBER, kind.ADDRESSES):
            tables = {table_named(self._image.string_at(address)) for address in kind.each_address(text) if address}
            table = next(iter(tables - {None}), None)
        if name in _SETTERS:
            if table:
                knowledge.providers.add(self._start)
            return None
        if name in _GETTERS:
            return (kind.CAPSULE, table) if table else None
        if table is None and arguments[0] and arguments[0][0] == kind.CAPSULE:
            table = arguments[0][1]
        if table is None and self._guessed_table:
            table = self._guessed_table
            self.guesses += 1
        if table is None:
            return None
        knowledge.importers.setdefault(self._start, set()).add(table)
        return (kind.TABLE, table, 0, IMPORTED)

    def _may_name_numpy(self, argument: Optional[Value]) -> bool:
        if not argument or argument[0] != kind.NUMBER:
            return True
        text = self._image.string_at(argument[1])
        return text is None or b"numpy" in text

    def _call_own(self, state: State, at: int, target: int) -> Optional[Value]:
        knowledge = self._knowledge
        fetched = self._fetch_by_name(state, target)
        if fetched is not None:
            return fetched
        if self._recording and self._proven is not None:
            self.bounds_at_calls[at] = min(state.low, self.bounds_at_calls.get(at, NO_LIMIT))
        if target in knowledge.importers:
            state.assigned |= {
                key for key, places in knowledge.imports.items() if any(start == target for start, _ in places)
            }
        if self._proven is None:
            for register in self._conventions.arguments:
                value = state.registers.get(register)
                if value and value[0] == kind.TABLE and register not in knowledge.entries.get(target, {}):
                    knowledge.entries.setdefault(target, {})[register] = value
                    self.new_entries.add(target)
                elif value and value[0] == kind.STACK:
                    held = state.stack.get((value[1], value[2]))
                    if held and held[0] == kind.TABLE:
                        self._lose(at, "a pointer to the table is passed on")
            return knowledge.results.get(target)
        return self._proven.result(target)

    def _fetch_by_name(self, state: State, target: int) -> Optional[Value]:
        """The table, or its capsule, from a function that is given its name."""
        for register in self._conventions.arguments[:4]:
            value = state.registers.get(register)
            if not value or value[0] not in (kind.NUMBER, kind.ADDRESSES):
                continue
            named = self._names & kind.each_address(value)
            table = table_named(self._image.string_at(next(iter(named)))) if named else None
            if table is None:
                continue
            if self._program.calls_one_of(target, _UNPACKERS):
                self._knowledge.importers.setdefault(self._start, set()).add(table)
                return (kind.TABLE, table, 0, IMPORTED)
            if self._program.calls_one_of(target, _GETTERS):
                return (kind.CAPSULE, table)
        return None

    def _lose_arguments(self, state: State, at: int, how: str) -> None:
        for register in self._conventions.arguments:
            value = state.registers.get(register)
            if value and value[0] in (kind.TABLE, kind.TABLES) and len(value) == 4:
                self._lose(at, f"the table {how}")


class Proven:
    """What MUST walks may rely on: here nothing; see `guards`."""

    def variable(self, key: Key) -> bool:
        """Whether a variable holds at each time what `Knowledge.variables` says, or zero."""
        return False

    def result(self, start: int) -> Optional[Value]:
        """What the function returns, on each way."""
        return None


def _put(registers: Dict[Any, Value], register: Optional[str], value: Optional[Value]) -> None:
    if value is None:
        registers.pop(register, None)
    else:
        registers[register] = value


def _plus(value: Optional[Value], number: int) -> Optional[Value]:
    if value is None or number == 0:
        return value
    tag = value[0]
    if tag == kind.NUMBER:
        return (kind.NUMBER, value[1] + number)
    if tag == kind.ADDRESSES:
        return (kind.ADDRESSES, frozenset(each + number for each in value[1]))
    if tag == kind.STACK:
        return (kind.STACK, value[1], value[2] + number)
    if tag == kind.TABLE and number % 8 == 0:  # others count references, of objects that may be there instead
        return (kind.TABLE, value[1], value[2] + number, *value[3:])
    if tag == kind.TABLES:
        return (kind.TABLES, value[1], tuple((each + number, *bounds) for each, *bounds in value[2]), value[3])
    if tag == kind.NUMBERS:
        return (kind.NUMBERS, tuple((each + number, *bounds) for each, *bounds in value[1]))
    return None


def _shifted(value: Optional[Value], places: int) -> Optional[Value]:
    if value is None:
        return None
    if value[0] == kind.PREDICATE:
        return (kind.NUMBERS, ((0, *value[3:5]), (1 << places, *value[1:3])))
    if value[0] == kind.NUMBER:
        return (kind.NUMBER, value[1] << places & (1 << 64) - 1)
    if value[0] == kind.NUMBERS:
        return (kind.NUMBERS, tuple((each << places, *bounds) for each, *bounds in value[1]))
    return None


def _masked(value: Optional[Value], mask: int) -> Optional[Value]:
    if value is None:
        return None
    if value[0] == kind.PREDICATE and mask in (1, 0xFF):
        return value
    if value[0] == kind.NUMBER:
        return (kind.NUMBER, value[1] & mask)
    if value[0] == kind.NUMBERS:
        return (kind.NUMBERS, tuple((each & mask, *bounds) for each, *bounds in value[1]))
    return None


def _refine(state: State, compared: Optional[Tuple[Any, ...]], condition: Optional[int]) -> None:
    """Notes what holds where the branch goes."""
    if compared is None or condition is None:
        return
    if compared[0] == kind.VERSION:
        found = kind.predicate(op.EXCHANGED[condition] if compared[2] else condition, compared[1])
        state.low, state.high = max(state.low, found[1]), min(state.high, found[2])
    elif compared[0] == kind.PREDICATE and condition in (op.EQUAL, op.NOT_EQUAL):
        low, high = compared[1:3] if condition == op.NOT_EQUAL else compared[3:5]
        state.low, state.high = max(state.low, low), min(state.high, high)
    elif compared[0] == kind.TABLE and condition == op.NOT_EQUAL:
        state.assigned |= {compared[1]}
