"""Imports the modules in several interpreters of one process: each import works, or raises a clear ImportError.

Usage: check.py <build directory>
Each case runs in a process of its own, which must not crash.
"""

import itertools
import re
import subprocess
import sys
from typing import Iterator, List

# Runs in a process of its own. `main` and `sub` import the module in the main interpreter and in a new one.
CASE = '''
try:
    import _interpreters  # Python 3.13

    def create():
        return _interpreters.create("isolated" if {isolated} else "legacy")
except ImportError:
    import _xxsubinterpreters as _interpreters

    def create():
        return _interpreters.create(isolated={isolated})

CODE = """
try:
    import {module}
    print("works:", {module}.double_it(21.0), flush=True)
except ImportError as error:
    print("ImportError:", error, flush=True)
"""

def main():
    exec(CODE, {{}})

def sub():
    interpreter = create()
    failure = _interpreters.run_string(interpreter, CODE)
    assert failure is None, failure
    _interpreters.destroy(interpreter)

for step in {order}:
    step()
'''
WORKS = r"works: 42\.0"
REFUSED = [
    r"ImportError: module {module} does not support loading in subinterpreters",  # Python's
    r"ImportError: Interpreter change detected - this module can only be loaded into one interpreter per process\.",
    r"ImportError: {module} cannot use NumPy's C API: .* NumPy works in one interpreter of a process only",
]
ORDERS = ("main, sub, sub", "sub, sub, main")


def outcomes(module: str, isolated: bool, order: str) -> List[str]:
    """What the interpreters printed, in their order."""
    code = CASE.format(module=module, isolated=isolated, order=f"({order})")
    # NumPy warns about its import by a subinterpreter, on stderr.
    run = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    what = f"{module}, {'own GIL' if isolated else 'shared GIL'}: {order}"
    assert run.returncode == 0, f"{what}: exit code {run.returncode}\n{run.stdout}\n{run.stderr}"
    lines = run.stdout.splitlines()
    print(f"--- {what}", *(line[:200] for line in lines), sep="\n")
    assert len(lines) == 3, lines
    for line in lines:
        patterns = [pattern.format(module=module) for pattern in [WORKS, *REFUSED]]
        assert any(re.match(pattern, line) for pattern in patterns), f"{what}: {line}"
    return lines


def subinterpreters_import_numpy() -> bool:
    """False for NumPys that no subinterpreter can import, whatever imports them."""
    code = CASE.format(module="numpy", isolated=False, order="(sub,)").replace(".double_it", ".sqrt")
    run = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return run.stdout.startswith("works")


def cases(module: str, numpy_in_subinterpreters: bool = True) -> Iterator[List[str]]:
    """The outcomes of `module` with each kind of GIL and in each order."""
    for isolated, order in itertools.product((True, False), ORDERS):
        lines = outcomes(module, isolated, order)
        first = lines[-1] if isolated and order == ORDERS[1] else lines[0]
        # Other NumPys can be imported by no interpreter any more, once a subinterpreter has tried to.
        may_import = order == ORDERS[0] or numpy_in_subinterpreters
        what = f"{module}, {'own GIL' if isolated else 'shared GIL'}: {order}"
        assert not may_import or re.match(WORKS, first), f"{what}: the first that may import it could not: {first}"
        yield lines


for module in ("multi_phase", "single_phase", "own_gil"):
    for _ in cases(module, subinterpreters_import_numpy()):
        pass
# Without NumPy nothing stands in the way.
for lines in cases("without_numpy"):
    assert all(re.match(WORKS, line) for line in lines), lines

print("subinterpreters: each import works, or says why it does not")
