# SPDX-License-Identifier: BSD-3-Clause
"""Where a cold build's CPU seconds go: each command of the build, run alone, by what it does."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Dict, List, Tuple

from benchmark import process
from benchmark.contender import Contender

# By the first expression that the command matches.
_KINDS = [
    ("depfile for Ninja (CMake)", r"cmake_transform_depfile"),
    ("utility module: translate", r"generate-shared|shared-utility "),
    ("transpile", r"cython_ufunc_main\.py|/cython-ufunc['\" ]|/cython['\" ]"),
    ("utility module: compile", r"-c .*(_cyutility|shared_utility)\.c(pp)?$"),
    ("runtime", r"cython_ufunc_runtime[^ ]* -c |-c [^ ]*(runtime/src|cython_ufunc_runtime)|rm -f .*\.a$|\bar |ranlib"),
    ("compile: init shim", r"-c .*_init\.cpp$"),
    ("compile: body", r" -c "),
    ("link", r"-shared"),
]
_WORKER = "transpile: in the worker"


def profile(contender: Contender) -> Dict[str, float]:
    """CPU seconds of a cold build by kind of command, of a contender that uses Ninja. Its folders must be fresh."""
    environment = contender.tools.build_system_environment(contender.tools.environment())
    contender.write()
    contender.configure(contender.tools.environment())
    command = [contender.tools.ninja, "-C", str(contender.build_folder), "-t", "commands"]
    listed = subprocess.check_output([*command, "all"], text=True, env=environment)
    result: Dict[str, float] = {}
    for line in listed.splitlines():
        if not line.startswith("ninja:"):
            for kind, seconds in _profile_line(line, contender.build_folder, environment):
                result[kind] = result.get(kind, 0) + seconds
    for orphan in _orphans():  # the worker would wait for more work
        os.kill(int(orphan.name), signal.SIGTERM)
    process.await_orphans()
    return result


def _profile_line(line: str, folder: Path, environment: Dict[str, str]) -> List[Tuple[str, float]]:
    """Runs the parts of one command of the build, and what the worker did for them."""
    result = []
    for part in line.split(" && "):
        moved = re.fullmatch(r"cd (\S+)", part)
        if moved:
            folder = Path(moved[1])
        elif part != ":":
            before, worker_before = process.children_cpu(), _worker_cpu()
            subprocess.run(part, shell=True, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S602
            _wait_for_worker()
            result.append((_kind_of(part), process.children_cpu() - before))
            result.append((_WORKER, _worker_cpu() - worker_before))
    return result


def _kind_of(command: str) -> str:
    return next((kind for kind, expression in _KINDS if re.search(expression, command)), "other")


def _orphans() -> List[Path]:
    """The folders in /proc of this process's children: those that outlived their command."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    return [Path("/proc", pid) for pid in children.read_text().split()] if children.exists() else []


def _wait_for_worker() -> None:
    """Waits until the worker has no children left, whose cost it knows only then."""
    for orphan in _orphans():
        listing = orphan / "task" / orphan.name / "children"
        try:
            while listing.read_text().strip():
                time.sleep(0.01)
        except OSError:
            pass


def _worker_cpu() -> float:
    """CPU seconds of this process's children and of their ended children."""
    ticks = 0
    for orphan in _orphans():
        try:
            fields = (orphan / "stat").read_bytes().rsplit(b")", 1)[1].split()
        except OSError:
            continue
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")
