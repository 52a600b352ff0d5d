# SPDX-License-Identifier: BSD-3-Clause
"""Running a command and measuring what it costs, the processes it leaves behind included."""

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, NamedTuple, Optional, Sequence

# How long processes that outlive their command may take to end, in seconds.
_PATIENCE = 90.0
_PR_SET_NAME = 15
_PR_SET_CHILD_SUBREAPER = 36


class Cost(NamedTuple):
    """What one run of a command took."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, of it and all its descendants


class CommandError(Exception):
    """A command failed; the text has its output."""


def adopt_orphans() -> bool:
    """Makes this process the parent of its descendants' orphans, so that `run` can count what they cost.

    Returns False where the system cannot (it is not Linux): then the CPU seconds of orphans are missing.
    """
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None)
    # The worker ends with the build tool that it serves: to it, a python is not one. See profile.py.
    library.prctl(_PR_SET_NAME, b"ci-bench", 0, 0, 0)
    return bool(library.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)


def run(
    command: Sequence[object],
    cwd: Path,
    environment: Dict[str, str],
    text: Optional[str] = None,
) -> Cost:
    """Runs `command` (with `text` as its input), and waits until its last descendant has ended.

    The wall time ends with the command itself. Raises CommandError when it fails.
    """
    words = [str(word) for word in command]
    before = children_cpu()
    start = time.perf_counter()
    result = subprocess.run(
        words, cwd=cwd, env=environment, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    wall = time.perf_counter() - start
    if result.returncode != 0:
        raise CommandError(f"{' '.join(words)}\nfailed in {cwd} ({result.returncode}):\n{result.stdout}")
    await_orphans()
    return Cost(wall, children_cpu() - before)


def output(command: Sequence[object], environment: Dict[str, str]) -> str:
    """What `command` prints, without the white space around it. Raises CommandError when it fails."""
    words = [str(word) for word in command]
    result = subprocess.run(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if result.returncode != 0:
        raise CommandError(f"{' '.join(words)}\nfailed ({result.returncode}):\n{result.stderr}")
    return result.stdout.strip()


def children_cpu() -> float:
    """The CPU seconds of the descendants that were waited for."""
    if sys.platform == "win32":
        return 0.0  # it does not tell
    import resource

    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def await_orphans() -> None:
    """Waits for all children; only waited-for ones are counted."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            time.sleep(0.02)
    raise CommandError(f"processes still run {_PATIENCE:.0f} s after the command that started them")
