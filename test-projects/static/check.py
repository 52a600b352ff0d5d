"""Runs code in the program that the modules are embedded in, and calls the ordinary modules."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

CALLS = """
import numpy as np, sys
import first, second
for module in (first, second):
    assert (module.__name__ in sys.builtin_module_names) == embedded, module
np.testing.assert_array_equal(first.numbers, np.arange(4.0))
np.testing.assert_array_equal(first.plus_one(first.numbers), np.arange(4.0) + 1)
np.testing.assert_array_equal(second.squared(first.numbers), np.arange(4.0) ** 2)
print("called", len(first.numbers))
"""

build = Path(sys.argv[1])
environment = {**os.environ, "PYTHONHOME": sys.base_prefix, "PYTHONPATH": str(Path(np.__file__).parent.parent)}
run = subprocess.run(
    [str(build / "program"), f"embedded = True{CALLS}"], env=environment, stdout=subprocess.PIPE, text=True
)
assert (run.returncode, run.stdout) == (0, "called 4\n"), run

exec(f"embedded = False{CALLS}")
for name, multi_phase in (("first", False), ("second", True)):
    init = getattr(ctypes.PyDLL(sys.modules[name].__file__), f"PyInit_{name}")
    init.restype = ctypes.c_void_p  # a definition's reference is not ours to drop
    result = ctypes.cast(init(), ctypes.py_object).value
    assert (type(result).__name__ == "moduledef") == multi_phase, name

print("static: two embedded modules and their twins work, with single-phase and multi-phase initialisation")
