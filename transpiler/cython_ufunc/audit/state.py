# SPDX-License-Identifier: BSD-3-Clause
"""What is known at one place of a function."""

from typing import Any, Callable, Dict, FrozenSet, Optional, Tuple

from cython_ufunc.audit.values import NO_LIMIT, Value, addresses, joined, numbers

Facts = Dict[Any, Value]
_MOST_ADDRESSES = 6


class State:
    """Registers, the stack's places, and the bounds of NumPy's version."""

    __slots__ = ("assigned", "compared", "high", "low", "registers", "stack")

    def __init__(self) -> None:
        self.registers: Facts = {}
        self.stack: Facts = {}
        self.compared: Optional[Tuple[Any, ...]] = None  # what the flags tell: a value and a number, or a predicate
        self.low = 0
        self.high = NO_LIMIT
        self.assigned: FrozenSet[Any] = frozenset()  # the variables that have their table here

    def copy(self) -> "State":
        """Another one with the same facts."""
        other = State.__new__(State)
        other.registers = dict(self.registers)
        other.stack = dict(self.stack)
        other.compared, other.low, other.high, other.assigned = self.compared, self.low, self.high, self.assigned
        return other

    def keep_what_holds_in(self, other: "State") -> bool:
        """Drops what does not hold on another way to the same place; returns whether anything changed."""
        changed = _keep_common(self.registers, other.registers, self, other)
        changed |= _keep_common(self.stack, other.stack, self, other)
        if self.compared is not None and self.compared != other.compared:
            self.compared, changed = None, True
        if other.low < self.low:
            self.low, changed = other.low, True
        if other.high > self.high:
            self.high, changed = other.high, True
        if not self.assigned <= other.assigned:
            self.assigned, changed = self.assigned & other.assigned, True
        return changed

    def agrees_with(self, other: "State", interesting: Callable[[Value], bool]) -> bool:
        """Whether both can be said in one state: nothing of interest differs."""
        pairs = ((self.registers, other.registers), (self.stack, other.stack))
        return not any(
            key in mine and _differ(mine[key], value) and interesting(value) and interesting(mine[key])
            for mine, others in pairs
            for key, value in others.items()
        )

    def add_what_may_hold_in(self, other: "State", interesting: Callable[[Value], bool]) -> bool:
        """Adds what of interest another way brings, which agrees; returns whether anything changed."""
        changed = _drop_different(self, other, interesting)
        changed |= _add_missing(self.registers, other.registers, interesting)
        changed |= _add_missing(self.stack, other.stack, interesting)
        return changed


def _differ(first: Value, second: Value) -> bool:
    return first[:4] != second[:4] and addresses(first, second) is None


def _keep_common(mine: Facts, others: Facts, me: State, other: State) -> bool:
    changed = False
    for key in list(mine):
        first, second = mine[key], others.get(key)
        if first == second:
            continue
        both = joined(first, (me.low, me.high), second, (other.low, other.high))
        if both is None:
            del mine[key]
            changed = True
        elif both != first:
            mine[key] = both
            changed = True
    return changed


def _drop_different(me: State, other: State, interesting: Callable[[Value], bool]) -> bool:
    """Of what is not of interest (numbers, places on the stack) only what is the same on both ways may be relied on."""
    changed = False
    for mine, others in ((me.registers, other.registers), (me.stack, other.stack)):
        for key in [key for key, value in mine.items() if others.get(key) != value and not interesting(value)]:
            both = numbers(mine[key], (0, NO_LIMIT), others.get(key), (0, NO_LIMIT))
            if both == mine[key]:
                continue
            changed = True
            if both is None:
                del mine[key]
            else:
                mine[key] = both
    return changed


def _add_missing(mine: Facts, others: Facts, interesting: Callable[[Value], bool]) -> bool:
    changed = False
    for key, value in others.items():
        if not interesting(value):
            continue
        known = mine.get(key)
        if known is None:
            # It may be another number as well, which matters where it is an index.
            mine[key] = addresses(value, value) or value
            changed = True
        elif known != value:
            both = addresses(known, value)
            if both is None and not interesting(known):
                mine[key] = value
                changed = True
            # More are a pointer that a loop moves.
            if both is not None and both != known and len(both[1]) <= _MOST_ADDRESSES:
                mine[key] = both
                changed = True
    return changed
