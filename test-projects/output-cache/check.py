"""Imports and calls the modules built, and asserts which files their tracebacks name.

Usage: check.py <folder of the package's Python files> <folder of the built modules>
"""

import importlib
import sys
import traceback

import numpy as np

sys.path.insert(0, sys.argv[1])
import mypkg
import mypkg.signal

mypkg.__path__.append(f"{sys.argv[2]}/mypkg")
mypkg.signal.__path__.append(f"{sys.argv[2]}/mypkg/signal")
filters, solver, table = map(importlib.import_module, ("mypkg.signal.filters", "mypkg.solver", "mypkg.table"))


def source_of_error(function, *arguments):
    """The file and the line that the traceback of a failing call ends with."""
    try:
        function(*arguments)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return frame.filename.replace("\\", "/"), frame.lineno
    raise AssertionError(f"{function} did not fail")


assert filters.width() == 2
assert filters.amplified(2.0) == 6.0
assert filters.total(np.ones(4)) == 12.0
assert solver.solved(2).tolist() == [3000.0, 3000.0]
assert table.table().tolist() == [7, 7, 7]
assert source_of_error(filters.total, np.zeros(0)) == ("mypkg/signal/filters.pyx", 18)
assert source_of_error(solver.in_metres, 1, True) == ("units.pxi", 3)
assert source_of_error(table.rows, True)[0] in ("rows.pxi", "generated/rows.pxi")
print("called")
