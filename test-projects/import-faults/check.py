"""Imports the modules under every fault of NumPy, in unusual situations, and while allocations fail.

Usage: check.py <build directory> [--only <words>] [--sanitizers | --valgrind]
  --only        the cases whose line has these words in it
  --sanitizers  the build has AddressSanitizer and UndefinedBehaviorSanitizer in it, by GCC
  --valgrind    under Valgrind, which must find nothing in the shim and the runtime
Each case runs in a process of its own, which asserts what has to come of the import. The process must end well, in time,
and print nothing to stderr.
"""

import argparse
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple

import memory_errors
from numpy_faults import FAULTS
from situations import SITUATIONS

HERE = Path(__file__).parent
# An interpreter that can do without the GIL warns where a module, which has not declared that it can, brings it back.
FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
GIL = ["-X", "gil=1"] if FREE_THREADED else []
STRICT = ["-X", "dev", "-W", "error", "-bb"]
MODULES = ("doubling_multi", "doubling_single")
FLAGS = (["-X", "dev"], ["-W", "error"], ["-b"], ["-bb"], ["-I"], ["-E", "-s"], ["-OO"], ["-u", "-q"])
FAULTS_WITHOUT_MEMORY = ("none", "missing", "blocked", "too old", "a mock in sys.modules", "_UFUNC_API NULL")
CALL = "import sys; sys.path[:0] = {path!r}; import {module} as m; assert m.double_it(21.0) == m.zeros_of(42).size"


class Case(NamedTuple):
    """One process."""

    what: str
    arguments: List[str]  # of Python; a scratch folder comes last


def cases() -> Iterator[Case]:
    """All that is tried. What comes before the first colon says what it is about."""
    for module in MODULES:
        for fault in FAULTS:
            yield Case(f"NumPy: {fault}, {module}", [*STRICT, str(HERE / "numpy_faults.py"), module, fault])
        for situation in SITUATIONS:
            if "fork" in situation and not hasattr(os, "fork"):
                print(f"Not tested: {situation}: this system does not fork")
            elif situation == "subinterpreter" and sys.version_info < (3, 9):
                print(f"Not tested: {situation}: NumPy crashes Python 3.8 when it is imported after one has ended")
            elif situation == "fork during an import" and FREE_THREADED and sys.version_info < (3, 14):
                print(f"Not tested: {situation}: the lock of sys.modules can stay held in a child of this Python")
            else:
                yield Case(
                    f"situation: {situation}, {module}", [*STRICT, str(HERE / "situations.py"), module, situation]
                )
        for flags in FLAGS:
            code = CALL.format(path=sys.path, module=module)
            yield Case(f"flags: python {' '.join(flags)}, {module}", [*flags, "-c", code])
    for module in ("raising_multi", "raising_single"):
        for fault in FAULTS_WITHOUT_MEMORY:
            if fault == "none" and not hasattr(os, "fork"):
                print("Not tested: allocations that fail with a good NumPy: this system does not fork")
            else:
                what = f"each allocation failing: NumPy {fault}, {module}"
                yield Case(what, [str(HERE / "allocations.py"), module, fault])


def problem(case: Case, tool: memory_errors.Tool) -> str:
    """What is wrong with the case; nothing when it is as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "scratch"
        scratch.mkdir()
        reports = Path(folder) / "reports"
        reports.mkdir()
        command = [*tool.command(reports), sys.executable, *GIL, *case.arguments, str(scratch)]
        environment: Dict[str, str] = {**os.environ, **tool.environment()}
        try:
            run = subprocess.run(
                command,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                timeout=tool.timeout,
            )
        except subprocess.TimeoutExpired:
            return f"it did not end within {tool.timeout:.0f} s"
        if run.returncode:
            return f"exit code {run.returncode}\n{run.stdout}{run.stderr}"
        return f"printed to stderr:\n{run.stderr}" if run.stderr else tool.findings(reports)


def main() -> int:
    """Runs the cases; returns 1 when one of them failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--sanitizers", dest="tool", action="store_const", const=memory_errors.Sanitizers())
    parser.add_argument("--valgrind", dest="tool", action="store_const", const=memory_errors.Valgrind())
    options = parser.parse_args()
    tool = options.tool or memory_errors.Tool()
    tried, failed = 0, 0
    for case in cases():
        if options.only not in case.what:
            continue
        start = time.monotonic()
        wrong = problem(case, tool)
        tried += 1
        failed += bool(wrong)
        print(f"{'FAIL' if wrong else 'pass'} {time.monotonic() - start:5.1f} s  {case.what}", flush=True)
        if wrong:
            print(wrong, flush=True)
    print(f"import-faults: {tried} tried, {tried - failed} survived")
    return int(failed > 0 or tried == 0)


if __name__ == "__main__":
    sys.exit(main())
