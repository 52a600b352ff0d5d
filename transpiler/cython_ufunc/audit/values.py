# SPDX-License-Identifier: BSD-3-Clause
"""What is known of a register's content, or a variable's: a tuple that begins with a name below; None is nothing.

A *table* is NumPy's; a *version* is the feature number that NumPy gives of itself at run time. A *predicate* is a
number that tells of it: where it is not zero the version is between the first two bounds, where it is zero between
the other two.
"""

from typing import Any, Dict, FrozenSet, Optional, Tuple

Value = Tuple[Any, ...]
Bounds = Tuple[int, int]

NUMBER = "number"  # n
NUMBERS = "numbers"  # a few, one of which it is: a tuple of (n, low, high), with the version's bounds where it is that
ADDRESSES = "addresses"  # a set of numbers, one of which it may be
STACK = "stack"  # frame, offset
IMPORT = "import"  # the address of another library's symbol
CAPSULE = "capsule"  # array or ufunc
# array or ufunc, offset in it, where it was read: an address, or "import" where it was just imported; and True if slots
# were read by the register that holds it: then it is not there to be passed on.
TABLE = "table"
TABLES = "tables"  # the same with a tuple of offsets, each with its bounds
SLOT = "slot"  # array or ufunc, index, or -1 for one of several
VERSION = "version"
ABI = "abi"
PREDICATE = "predicate"  # lowest, highest where it is true; lowest, highest where it is false

NO_LIMIT = 1 << 30
_MOST_NUMBERS = 3


def predicate(condition: int, number: int) -> Value:
    """Of `version <condition> number`; see `operations` for the conditions."""
    true, false = {
        0: ((number, number), (0, NO_LIMIT)),
        1: ((0, NO_LIMIT), (number, number)),
        2: ((number + 1, NO_LIMIT), (0, number)),
        3: ((number, NO_LIMIT), (0, number - 1)),
        4: ((0, number - 1), (number, NO_LIMIT)),
        5: ((0, number), (number + 1, NO_LIMIT)),
    }[condition]
    return (PREDICATE, *true, *false)


def addresses(first: Value, second: Value) -> Optional[Value]:
    """The addresses that one or the other may be; None where one is something else."""
    if first[0] not in (NUMBER, ADDRESSES) or second[0] not in (NUMBER, ADDRESSES):
        return None
    return (ADDRESSES, each_address(first) | each_address(second))


def each_address(value: Value) -> FrozenSet[int]:
    """The numbers that a value of NUMBER or ADDRESSES may be."""
    return value[1] if value[0] == ADDRESSES else frozenset([value[1]])


def numbers(first: Optional[Value], bounds_1: Bounds, second: Optional[Value], bounds_2: Bounds) -> Optional[Value]:
    """The numbers that one or the other may be; None where these are not a few small ones."""
    if first is None or second is None or first[0] not in (NUMBER, NUMBERS) or second[0] not in (NUMBER, NUMBERS):
        return None
    both: Dict[int, Bounds] = {}
    for number, low, high in (*_listed(first, bounds_1), *_listed(second, bounds_2)):
        known = both.get(number, (low, high))
        both[number] = (min(low, known[0]), max(high, known[1]))
    if len(both) > _MOST_NUMBERS or not all(-1 <= each < 4096 for each in both):
        return None
    return (NUMBERS, tuple((number, *bounds) for number, bounds in sorted(both.items())))


def _listed(value: Value, bounds: Bounds) -> Tuple[Tuple[int, int, int], ...]:
    return value[1] if value[0] == NUMBERS else ((value[1], *bounds),)


def joined(first: Optional[Value], bounds_1: Bounds, second: Optional[Value], bounds_2: Bounds) -> Optional[Value]:
    """What holds of both, which differ, each where the version is within its bounds; None for nothing."""
    if first is None or second is None:
        return None
    if first[:4] == second[:4] and first[0] == TABLE:
        return first[:4]
    one, two = _as_predicate(first, bounds_1), _as_predicate(second, bounds_2)
    if (one and two and PREDICATE in (first[0], second[0])) or (one and two and bounds_1 != bounds_2):
        found = (min(one[1], two[1]), max(one[2], two[2]), min(one[3], two[3]), max(one[4], two[4]))
        known = (min(bounds_1[0], bounds_2[0]), max(bounds_1[1], bounds_2[1]))
        if found != known * 2:
            return (PREDICATE, *found)
    return numbers(first, bounds_1, second, bounds_2)


def _as_predicate(value: Value, bounds: Bounds) -> Optional[Value]:
    """A 0 or 1 says of the version what is known where it was set."""
    never = (NO_LIMIT, -1)
    if value[0] == PREDICATE:
        return value
    if value == (NUMBER, 1):
        return (PREDICATE, *bounds, *never)
    if value == (NUMBER, 0):
        return (PREDICATE, *never, *bounds)
    return None
