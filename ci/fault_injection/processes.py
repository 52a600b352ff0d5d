# SPDX-License-Identifier: BSD-3-Clause
"""Finding the processes of a build, the ones that left its session included, in Linux's /proc."""

import os
import time
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Tuple

from fault_injection.lab import expect

# A variable that only the processes of one build have; they pass it to their children.
MARK = "CYTHON_UFUNC_FAULTS"

BUILD_TOOL, TRANSPILER, WORKER, TRANSLATION, COMPILER = "build tool", "transpiler", "worker", "translation", "compiler"
_PROGRAMS = {
    BUILD_TOOL: ("ninja", "make", "gmake", "cmake", "meson"),
    COMPILER: ("cc", "c++", "gcc", "g++", "cc1", "cc1plus", "as", "collect2", "ld"),
}


class Process(NamedTuple):
    """A running process of a build."""

    pid: int
    kind: str  # one of the kinds above, or its name
    name: str


def processes_of(mark: str) -> List[Process]:
    """The running processes whose variable MARK is `mark`."""
    return list(_find(mark))


def _find(mark: str) -> Iterator[Process]:
    marked = f"\0{MARK}={mark}\0".encode()
    found: Dict[int, Tuple[str, int, bool]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if marked not in b"\0" + (entry / "environ").read_bytes() + b"\0":
                continue
            stat = (entry / "stat").read_text(errors="replace")
            command = (entry / "cmdline").read_bytes()
        except OSError:  # it has just ended
            continue
        end = stat.rindex(")")
        state, parent_pid = stat[end + 2 :].split()[:2]
        if state != "Z":
            name = stat[stat.index("(") + 1 : end]
            found[int(entry.name)] = (name, int(parent_pid), b"cython_ufunc_main.py" in command)
    workers = {pid for pid, (_, parent, ours) in found.items() if ours and parent not in found}
    for pid, (name, parent, ours) in found.items():
        if pid in workers:
            kind = WORKER
        elif ours and parent in workers:
            kind = TRANSLATION
        elif ours and name.startswith("python"):
            kind = TRANSPILER
        else:
            kind = next((kind for kind, names in _PROGRAMS.items() if name.split("-")[-1] in names), name)
        yield Process(pid, kind, name)


def expect_none_left(mark: str, seconds: float = 15.0) -> None:
    """Raises FaultError when processes of the build still run after a while."""
    deadline = time.monotonic() + seconds
    while True:
        left = processes_of(mark)
        if not left:
            return
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    for process in left:
        kill(process.pid, 9)
    expect(False, f"processes were left: {left}")


def kill(pid: int, signal_number: int) -> bool:
    """Sends a signal to a process; returns False when it has ended."""
    try:
        os.kill(pid, signal_number)
    except ProcessLookupError:
        return False
    return True
