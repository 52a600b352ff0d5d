"""Imports a module in one unusual situation.

Usage: situations.py <module> <situation>
Asserts that the import works there, or raises an exception, and that it works afterwards. The parent asserts that the
process ends well and prints nothing to stderr.
"""

import atexit
import importlib
import importlib.util
import os
import sys
import threading
import warnings
from typing import Any, Callable, Dict, List

from counts import leaves_no_more

THREADS = 16


def call(module: Any) -> None:
    """Asserts that the module works."""
    assert module.double_it(21.0) == 42.0
    assert module.zeros_of(3).tolist() == [0.0, 0.0, 0.0]


def import_and_call(name: str) -> None:
    """Asserts that the module can be imported, and works."""
    call(importlib.import_module(name))


def control(name: str) -> str:
    """The module that Cython alone made."""
    return name.replace("doubling", "plain")


def in_threads(work: Callable[[], None]) -> None:
    """Does `work` in many threads, which start at one moment; raises the first exception."""
    barrier = threading.Barrier(THREADS)
    failures: List[BaseException] = []

    def run() -> None:
        try:
            barrier.wait()
            work()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def first_import_in_many_threads(name: str) -> None:
    """None of the threads sees a module that is half made."""
    sys.setswitchinterval(1e-6)
    in_threads(lambda: import_and_call(name))


def loaded_by_hand_in_many_threads(name: str) -> None:
    """Without the import system's lock for the module Cython may refuse it, or hand out one that is half made."""
    sys.setswitchinterval(1e-6)
    import numpy  # noqa: F401

    spec = importlib.util.find_spec(name)
    assert spec and spec.loader
    loader = spec.loader

    def load() -> None:
        try:
            loader.exec_module(importlib.util.module_from_spec(spec))
        except RuntimeError as error:
            assert "has already been imported" in str(error)

    in_threads(load)
    import_and_call(name)


def fork_before_the_import(name: str) -> None:
    """The child imports, then the parent."""
    in_child(lambda: import_and_call(name))
    import_and_call(name)


def fork_after_the_import(name: str) -> None:
    """The child uses what the parent imported, and imports it again."""
    import_and_call(name)

    def work() -> None:
        call(sys.modules.pop(name))
        import_and_call(name)

    in_child(work)


def fork_during_an_import(name: str) -> None:
    """Children import one module while a thread of the parent imports another again and again.

    Neither that one nor NumPy, whose parts a module finds: Python's lock of a module that is being imported
    stays locked in a child.
    """
    sys.setswitchinterval(1e-6)
    warnings.simplefilter("ignore", DeprecationWarning)  # of fork, beside a thread
    import numpy  # noqa: F401

    other = "failing_allocator"
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            sys.modules.pop(other, None)
            importlib.import_module(other)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for _ in range(10):
            in_child(lambda: import_and_call(name))
    finally:
        ended.set()
        thread.join()


def in_child(work: Callable[[], None]) -> None:
    """Does `work` in a forked process, which must end well, within a minute."""
    child = os.fork()
    if child == 0:
        import faulthandler

        faulthandler.dump_traceback_later(60, exit=True)
        try:
            work()
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0, f"the child ended with status {status}"


def reload(name: str) -> None:
    """The module stays as it is: it cannot be executed again."""
    module = importlib.import_module(name)
    assert importlib.reload(module) is module
    call(module)


def imported_again_and_again(name: str) -> None:
    """A thousand imports leave nothing behind but what Cython's own do, and the module of the first works on."""
    first = importlib.import_module(name)

    def again(which: str) -> None:
        sys.modules.pop(which, None)
        importlib.import_module(which)

    leaves_no_more(lambda: again(name), lambda: again(control(name)), 20, 1000)
    call(first)
    import_and_call(name)


def loaded_again_and_again(name: str) -> None:
    """The same with the functions of the import system called by hand."""
    import_and_call(name)

    def again(which: str) -> None:
        spec = importlib.util.find_spec(which)
        assert spec and spec.loader
        spec.loader.exec_module(importlib.util.module_from_spec(spec))

    leaves_no_more(lambda: again(name), lambda: again(control(name)), 20, 1000)
    import_and_call(name)


def failed_again_and_again(name: str) -> None:
    """A thousand imports that fail in the module's own code leave nothing behind but what Cython's do; the next works."""
    import numpy  # noqa: F401
    import switches

    def fail(which: str) -> None:
        switches.failure = ValueError("a reason")
        try:
            importlib.import_module(which)
        except ValueError as error:
            assert error is switches.failure
        else:
            raise AssertionError("imported, all the same")
        finally:
            switches.failure = None
        if which.startswith("plain"):
            sys.modules.pop(which, None)  # Cython's own leaves it there with single-phase initialisation
        assert which not in sys.modules

    raising = name.replace("doubling", "raising")
    leaves_no_more(lambda: fail(raising), lambda: fail(control(name)), 20, 1000)
    assert importlib.import_module(raising).zeros_of(2).tolist() == [0.0, 0.0]


def at_exit(name: str) -> None:
    """The first import is in a function that runs when the interpreter ends."""
    atexit.register(import_and_call, name)


class ImportsWhenDeleted:
    """Imports while the interpreter takes itself down: an exception, or success."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.import_module = importlib.import_module

    def __del__(self) -> None:
        try:
            self.import_module(self.name).double_it(21.0)
        except Exception:
            pass


def while_shutting_down(name: str) -> None:
    """The module is imported for the first time when the modules are taken down."""
    sys.modules["kept_until_the_end"] = ImportsWhenDeleted(name)  # type: ignore[assignment]


def while_shutting_down_with_numpy(name: str) -> None:
    """The same, with NumPy there."""
    import numpy  # noqa: F401

    while_shutting_down(name)


def in_a_thread_while_shutting_down(name: str) -> None:
    """A thread that nobody waits for imports the module again and again while the interpreter ends."""
    import numpy  # noqa: F401

    def work() -> None:
        while True:
            try:
                importlib.import_module(name)
                del sys.modules[name]
            except Exception:
                pass

    threading.Thread(target=work, daemon=True).start()


def close_to_the_limit_of_recursion(name: str) -> str:
    """Imports with less and less room for recursion, until there is enough of it. Returns the last outcome."""
    limit = sys.getrecursionlimit()

    def at_depth(depth: int) -> str:
        if depth > 0:
            return at_depth(depth - 1)
        try:
            importlib.import_module(name)
        except (RecursionError, ImportError) as error:
            return type(error).__name__
        return "imported"

    outcomes: List[str] = []
    for room in range(1, limit // 2):
        try:
            outcomes.append(at_depth(limit - room))
        except RecursionError:
            outcomes.append("not begun")
        if outcomes[-1] == "imported":
            break
    assert "RecursionError" in outcomes, set(outcomes)
    return outcomes[-1]


def recursion(name: str) -> None:
    """Too little room gives an exception, enough of it success."""
    import numpy  # noqa: F401

    assert close_to_the_limit_of_recursion(name) == "imported"
    import_and_call(name)


def recursion_without_numpy(name: str) -> None:
    """The same where NumPy cannot be imported: the room ends while the runtime looks what there is."""
    sys.modules["numpy"] = None  # type: ignore[assignment]
    assert close_to_the_limit_of_recursion(name) == "ImportError"
    del sys.modules["numpy"]
    import_and_call(name)


def subinterpreter(name: str) -> None:
    """A subinterpreter of the main one's GIL: an exception or success, then the main interpreter imports."""
    try:
        import _interpreters as interpreters  # Python 3.13

        new = interpreters.create("legacy")
    except ImportError:
        import _xxsubinterpreters as interpreters

        new = interpreters.create(isolated=False) if sys.version_info >= (3, 9) else interpreters.create()
    code = f"import sys, warnings; warnings.simplefilter('ignore'); sys.path[:] = {sys.path!r}\ntry:\n    import {name}\nexcept ImportError:\n    pass"
    failure = interpreters.run_string(new, code)
    assert failure is None, failure
    interpreters.destroy(new)
    try:
        import_and_call(name)
    except ImportError as error:  # NumPy or Cython keep to the interpreter that was first
        assert "interpreter" in str(error), error


SITUATIONS: Dict[str, Callable[[str], None]] = {
    function.__name__.replace("_", " "): function
    for function in (
        first_import_in_many_threads,
        loaded_by_hand_in_many_threads,
        fork_before_the_import,
        fork_after_the_import,
        fork_during_an_import,
        reload,
        imported_again_and_again,
        loaded_again_and_again,
        failed_again_and_again,
        at_exit,
        while_shutting_down,
        while_shutting_down_with_numpy,
        in_a_thread_while_shutting_down,
        recursion,
        recursion_without_numpy,
        subinterpreter,
    )
}


if __name__ == "__main__":
    SITUATIONS[sys.argv[2]](sys.argv[1])
