# SPDX-License-Identifier: BSD-3-Clause
"""Importing an extension module in an interpreter of its own, which may die of it."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Sequence

import cython_ufunc

IMPORTED = "imported"
CRASHED = "crashed"
FAILED = "failed"
HANGS = "hangs"
NOT_TRIED = "not tried"
# How a call through a null pointer ends, in the details of CRASHED.
BAD_ADDRESS = ("SIGSEGV", "SIGBUS", "exception 0xc0000005")
# On Windows an exit code from this on is the exception that ended the process.
_FIRST_EXCEPTION = 0xC0000000

# Reports by a pipe: modules may print what they like.
_PROGRAM = """
import json, os, sys
request = json.loads(sys.argv[1])
sys.path.insert(0, request["transpiler"])
from pathlib import Path
from cython_ufunc.import_test import import_test
del sys.path[0]
sys.argv = [""]
try:
    import_test({name: Path(file) for name, file in request["files"].items()}, map(Path, request["path"]), None, None)
except BaseException as error:
    Path(request["report"]).write_text(json.dumps([type(error).__name__, str(error)]), encoding="utf-8")
else:
    Path(request["report"]).write_text("[]", encoding="utf-8")
os._exit(0)
"""


class ImportOutcome(NamedTuple):
    """How an import went."""

    outcome: str  # one of the constants above
    detail: str  # the signal, the exception, or why it was not tried; empty for IMPORTED
    exception: Optional[str] = None  # the name of its class, for FAILED


def import_in_child(files: Dict[str, Path], path: Sequence[Path], timeout: float) -> ImportOutcome:
    """Lets another interpreter import the first module of `files`, by their names, with the folders `path` first.

    It may take `timeout` seconds.
    The others are there for it to import. Nothing is imported here.
    """
    with tempfile.TemporaryDirectory(prefix="cython-ufunc-doctor-") as scratch:
        report = Path(scratch, "report.json")
        request = {
            "transpiler": str(Path(cython_ufunc.__file__).resolve().parent.parent),
            "files": {name: str(file.absolute()) for name, file in files.items()},
            "path": [str(folder.absolute()) for folder in path],
            "report": str(report),
        }
        command = [sys.executable, "-c", _PROGRAM, json.dumps(request)]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            result = subprocess.run(
                command,
                cwd=scratch,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=timeout,
            )
        except subprocess.TimeoutExpired:
            return ImportOutcome(HANGS, f"it took longer than {timeout:g} s")
        raised: Optional[List[str]] = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else None
    return _outcome(result.returncode, raised)


def _outcome(code: int, raised: Optional[List[str]]) -> ImportOutcome:
    if raised:
        name, text = raised
        return ImportOutcome(FAILED, f"{name}: {text}", name)
    if raised is not None:
        return ImportOutcome(IMPORTED, "")
    if code < 0:
        return ImportOutcome(CRASHED, _signal_name(-code))
    if code >= _FIRST_EXCEPTION:
        return ImportOutcome(CRASHED, f"exception {code:#x}")
    return ImportOutcome(FAILED, f"it ended the process with exit code {code}")


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
