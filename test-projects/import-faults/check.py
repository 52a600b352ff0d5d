"""Imports the modules under every fault of NumPy, in unusual situations, and while allocations fail.

Usage: check.py <build directory> [--only <words>]
  --only: the cases whose line has these words in it
Each case runs in a process of its own, which asserts what has to come of the import. The process must end well, in time,
and print nothing to stderr.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Iterator, List, NamedTuple

from numpy_faults import FAULTS
from situations import SITUATIONS

HERE = Path(__file__).parent
TIMEOUT = 120.0
STRICT = ["-X", "dev", "-W", "error", "-bb"]
MODULES = ("doubling_multi", "doubling_single")
FLAGS = (["-X", "dev"], ["-W", "error"], ["-b"], ["-bb"], ["-I"], ["-E", "-s"], ["-OO"], ["-u", "-q"])
# Faults that run no Python code anew: CPython 3.11 crashes when memory runs out while it reads a .pyc file.
FAULTS_WITHOUT_MEMORY = ("none", "missing", "blocked", "too old", "a mock in sys.modules", "_UFUNC_API NULL")
CALL = "import sys; sys.path[:0] = {path!r}; import {module} as m; assert m.double_it(21.0) == m.zeros_of(42).size"


class Case(NamedTuple):
    """One process."""

    what: str
    arguments: List[str]  # of Python; a scratch folder comes last


def cases(build: Path) -> Iterator[Case]:
    """All that is tried."""
    for module in MODULES:
        for fault in FAULTS:
            yield Case(f"{module}, NumPy {fault}", [*STRICT, str(HERE / "numpy_faults.py"), module, fault])
        for situation in SITUATIONS:
            if "fork" in situation and not hasattr(os, "fork"):
                print(f"Not tested: {situation}: this system does not fork")
                continue
            yield Case(f"{module}, {situation}", [*STRICT, str(HERE / "situations.py"), module, situation])
        for flags in FLAGS:
            yield Case(f"{module}, python {' '.join(flags)}", [*flags, "-c", CALL.format(path=sys.path, module=module)])
    for module in ("raising_multi", "raising_single"):
        for fault in FAULTS_WITHOUT_MEMORY:
            if fault == "none" and not hasattr(os, "fork"):
                print("Not tested: allocations that fail with a good NumPy: this system does not fork")
                continue
            what = f"{module}, NumPy {fault}, each allocation failing"
            yield Case(what, [str(HERE / "allocations.py"), module, fault])


def problem(case: Case, environment: "os._Environ[str]") -> str:
    """What is wrong with the case; nothing when it is as it should be."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, *case.arguments, scratch]
        try:
            run = subprocess.run(
                command,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                timeout=TIMEOUT,
            )
        except subprocess.TimeoutExpired:
            return f"it did not end within {TIMEOUT:.0f} s"
    if run.returncode:
        return f"exit code {run.returncode}\n{run.stdout}{run.stderr}"
    return f"printed to stderr:\n{run.stderr}" if run.stderr else ""


def main() -> int:
    """Runs the cases; returns 1 when one of them failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    tried, failed = 0, 0
    for case in cases(options.build):
        if options.only not in case.what:
            continue
        start = time.monotonic()
        wrong = problem(case, os.environ)
        tried += 1
        failed += bool(wrong)
        print(f"{'FAIL' if wrong else 'pass'} {time.monotonic() - start:5.1f} s  {case.what}", flush=True)
        if wrong:
            print(wrong, flush=True)
    print(f"import-faults: {tried} tried, {tried - failed} survived")
    return int(failed > 0 or tried == 0)


if __name__ == "__main__":
    sys.exit(main())
