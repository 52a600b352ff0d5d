"""Imports the modules and calls them in many threads at once. A free-threaded Python has to stay without a GIL.

Usage: check.py <build directory>
On a Python with a GIL only the results are checked.
"""

import importlib
import subprocess
import sys
import sysconfig
import threading
import warnings
from typing import List

import numpy as np

THREADS = 8
free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


def gil_enabled() -> bool:
    """True where only one thread runs at a time."""
    return sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else True


def use(name: str) -> None:
    """Has many threads import the module `name` at one moment, and call it."""
    barrier = threading.Barrier(THREADS)
    failures: List[BaseException] = []

    def work() -> None:
        try:
            barrier.wait()
            module = importlib.import_module(name)
            for length in range(1, 300):
                assert module.halves(length).sum() == length / 2
                np.testing.assert_array_equal(module.plus_half(np.arange(3.0)), [0.5, 1.5, 2.5])
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


if "undeclared" in sys.argv:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        use("undeclared")
    assert gil_enabled()
    if free_threaded:
        assert any("has been enabled to load module 'undeclared'" in str(item.message) for item in caught), caught
    sys.exit()

assert gil_enabled() != free_threaded, "something else has switched the GIL on"
use("declared")
assert gil_enabled() != free_threaded, "the module switches the GIL on"
subprocess.run([sys.executable, __file__, "undeclared"], check=True)

print("free-threaded: checked", "without a GIL" if free_threaded else "on a Python with a GIL: the calls only")
