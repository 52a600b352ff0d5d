# SPDX-License-Identifier: BSD-3-Clause
"""What the analysis of an image has found so far, function by function."""

from typing import Any, Dict, NamedTuple, Optional, Set, Tuple, Union

from cython_ufunc.audit.values import Value

# A variable: its address, or the name of another library's.
Key = Union[int, str]


class Use(NamedTuple):
    """A place that reads a slot."""

    address: int
    function: int
    table: str
    slot: int
    called: bool  # the instruction calls it
    low: int  # bounds of NumPy's version there
    high: int
    variable: Key  # where the table came from; "import" where it was just imported


class Loss(NamedTuple):
    """A place behind which a table, or the index in it, is not followed."""

    address: int
    function: int
    why: str


class Knowledge:
    """Grows until nothing new is found."""

    def __init__(self) -> None:
        self.variables: Dict[Key, Value] = {}  # that hold a table, the version, or a predicate of it
        self.results: Dict[int, Value] = {}  # what functions return
        self.entries: Dict[int, Dict[str, Value]] = {}  # tables that functions are given, by register
        self.imports: Dict[Key, Set[Tuple[int, int]]] = {}  # by variable: function and place of the store
        self.importers: Dict[int, Set[str]] = {}  # functions that get a table of a capsule
        self.stores: Dict[Key, Dict[int, Value]] = {}  # by variable: the places that store the version or a predicate
        self.abi_checks: Dict[int, Dict[int, int]] = {}  # by function and place: the number compared to
        self.version_checks: Dict[int, Dict[int, int]] = {}
        self.providers: Set[int] = set()  # functions that give the table to others: NumPy's own
        self.uses: Dict[Tuple[int, str, int], Use] = {}  # by place, table, slot
        self.losses: Set[Loss] = set()

    def value_of(self, key: Key) -> Optional[Value]:
        """What the variable holds."""
        return self.variables.get(key)

    def add_use(self, use: Use) -> None:
        """Notes it; of several at one place the weakest bounds hold."""
        key = (use.address, use.table, use.slot)
        known = self.uses.get(key)
        if known:
            use = use._replace(
                low=min(use.low, known.low), high=max(use.high, known.high), called=use.called or known.called
            )
        self.uses[key] = use

    def lose(self, address: int, function: int, why: str) -> None:
        """Notes a loss."""
        self.losses.add(Loss(address, function, why))


def address_of(key: Any) -> Optional[int]:
    """A variable's address, where it has one here."""
    return key if isinstance(key, int) else None
