"""Imports a module while each of the allocations fails in turn.

Usage: allocations.py <module> <fault of NumPy, or "none"> <scratch folder>
Each failing allocation must give an exception or do no harm; without it the import succeeds, or raises what the fault of
NumPy is to raise. The allocations are those of the shim and the runtime, and of the C functions that they call.
"""

import _imp
import contextlib
import functools
import importlib
import importlib.machinery
import importlib.util
import os
import sys
import types
from pathlib import Path
from typing import Callable, NamedTuple, Optional, Type

import failing_allocator
from counts import leaves_nothing
from numpy_faults import FAULTS, umath


class Outcome(NamedTuple):
    """What came of an import."""

    result: object  # an exception, or none
    asked_for: int  # number of allocations


def load(name: str, first: int, count: int) -> Outcome:
    """Imports the module `name` while `count` allocations fail, from number `first` on."""
    spec = importlib.util.find_spec(name)
    assert spec
    result, asked_for = failing_allocator.attempt(_imp.create_dynamic, spec, first, count)
    if isinstance(result, types.ModuleType):
        # With single-phase initialisation this does nothing.
        result, more = failing_allocator.attempt(_imp.exec_dynamic, result, first - asked_for, count)
        asked_for += more
    sys.modules.pop(name, None)  # Cython's code puts it there; after a failure importlib would do this
    return Outcome(result, asked_for)


def check(name: str, outcome: Outcome, exception: Optional[Type[BaseException]], failing: bool) -> None:
    """Asserts that the outcome is one that may be. `exception`: what NumPy's fault gives; none without one."""
    what = f"{name}: {outcome.result!r}, after {outcome.asked_for} allocations"
    if isinstance(outcome.result, BaseException):
        expected = [kind for kind in (exception, MemoryError if failing else None) if kind]
        assert type(outcome.result) in expected, what
    else:
        assert exception is None, what


def in_a_child(work: Callable[[], int]) -> int:
    """The number that `work` returns in a forked process, which must not fail."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.write(writer, str(work()).encode())
            status = 0
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    assert status == 0, f"the child ended with status {status}"
    return int(answer)


def without_fault(name: str, count: int) -> int:
    """Imports with a good NumPy, each time in a new process, and there again without a failing allocation.

    Ends where the body begins, which is Cython's: the module `cython_runtime` is the first thing that it makes. Returns
    how many allocations there were.
    """
    umath()

    def reaches_body(first: int) -> int:
        sys.modules.pop("cython_runtime", None)
        outcome = load(name, first, count)
        check(name, outcome, None, failing=True)
        failed_in_body = isinstance(outcome.result, BaseException) and "cython_runtime" in sys.modules
        module = importlib.import_module(name)
        assert module.zeros_of(3).tolist() == [0.0, 0.0, 0.0]
        assert outcome.asked_for >= first, "there is no allocation in the body?"
        return int(failed_in_body)

    first = 1
    while not in_a_child(functools.partial(reaches_body, first)):
        first += 1
    return first - 1


def with_fault(name: str, count: int, exception: Type[BaseException]) -> int:
    """Imports under a fault of NumPy, which leaves nothing behind. Returns how many allocations there were."""

    def each_in_turn() -> int:
        first, failing = 0, True
        while failing:
            first += 1
            outcome = load(name, first, count)
            failing = outcome.asked_for >= first
            check(name, outcome, exception, failing)
        return first - 1

    leaves_nothing(each_in_turn, 2, 3)
    return each_in_turn()


def report(unraisable: "sys.UnraisableHookArgs") -> None:
    """Prints what Python cannot raise, but what its import system says of itself when memory runs out, from 3.13 on."""
    if unraisable.err_msg != "Exception ignored in PySys_GetObject()":
        sys.__unraisablehook__(unraisable)


def main() -> None:
    """Runs what the command line asks for."""
    sys.unraisablehook = report
    name, fault, scratch = sys.argv[1:]
    for count in (1, 16):
        with contextlib.ExitStack() as stack:
            if fault == "none":
                total = without_fault(name, count)
            else:
                stack.enter_context(FAULTS[fault].cause(Path(scratch)))
                total = with_fault(name, count, FAULTS[fault].exception)
        print(f"{name}, {fault}: {total} allocations, {count} failing at a time")
    if fault != "none":
        assert importlib.import_module(name).zeros_of(3).tolist() == [0.0, 0.0, 0.0]


if __name__ == "__main__":
    main()
