# SPDX-License-Identifier: BSD-3-Clause
"""Builds, and processes of builds, that are killed at random points.

After each kill: no process is left, the next build completes, and its results are those of an undisturbed build, byte
for byte, with no file besides and nothing left to do.
"""

import itertools
import signal
import subprocess
import time

from fault_injection.builds import SYSTEMS, Build
from fault_injection.lab import FaultError, Lab, expect
from fault_injection.processes import (
    BUILD_TOOL,
    COMPILER,
    TRANSLATION,
    TRANSPILER,
    WORKER,
    expect_none_left,
    kill,
    processes_of,
)

EVERYTHING = "everything"
# Whom to kill, and by what. The worker ignores SIGINT, which a terminal sends to all.
_KILLS = [
    (EVERYTHING, signal.SIGKILL),
    (TRANSPILER, signal.SIGKILL),
    (WORKER, signal.SIGKILL),
    (EVERYTHING, signal.SIGINT),
    (COMPILER, signal.SIGKILL),
    (TRANSLATION, signal.SIGKILL),
    (BUILD_TOOL, signal.SIGKILL),
    (TRANSPILER, signal.SIGINT),
    (BUILD_TOOL, signal.SIGINT),
    (TRANSLATION, signal.SIGINT),
    (COMPILER, signal.SIGINT),
]
# With these dead, the build itself goes on, and succeeds.
_NOT_NEEDED = (WORKER, TRANSLATION)


def run(lab: Lab) -> None:
    """Kills builds with each build system: 8 times, or 11 times 12 times."""
    kills = itertools.cycle(_KILLS)
    for system in SYSTEMS:
        build = Build(lab, system, lab.scratch / system)
        build.configure()
        build.keep_configured()
        start = time.monotonic()
        build.make()
        duration = time.monotonic() - start
        expect_none_left(build.mark)
        build.expect_works()
        results, sources = build.results(), build.sources()
        for _ in range(lab.number(quick=3, full=4 * len(_KILLS))):
            victim, number = next(kills)
            delay = lab.random.uniform(0, duration)
            with lab.fault(f"{signal.Signals(number).name} to {victim}", f"({system}, after {delay:.2f} s)"):
                build.restore()
                _kill_once(build, victim, number, delay, lab.random.uniform(0, 0.4))
                build.make()
                build.expect_same(results, sources)
                build.expect_up_to_date()
                expect_none_left(build.mark)


def _kill_once(build: Build, victim: str, number: int, delay: float, dwell: float) -> None:
    """Starts a build, and kills what `victim` names after `delay` seconds and `dwell` more since it was seen."""
    while True:
        process = subprocess.Popen(
            build.command(),
            env=build.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        killed = _kill_when_there(build.mark, process, victim, number, delay, dwell)
        output = process.communicate(timeout=120)[0]
        if killed:
            break
        expect(process.returncode == 0, f"an undisturbed build failed:\n{output}")
        build.restore()
        delay /= 2  # it was over before
        expect_none_left(build.mark)
    if victim in _NOT_NEEDED:
        expect(process.returncode == 0, f"the build failed because the {victim} was killed:\n{output}")
    if victim == EVERYTHING:
        expect_none_left(build.mark)
        if number == signal.SIGKILL:
            build.remove_half_made()


def _kill_when_there(
    mark: str, build: "subprocess.Popen[str]", victim: str, number: int, delay: float, dwell: float
) -> bool:
    """Returns False when the build ended before there was something to kill."""
    time.sleep(delay)
    deadline = time.monotonic() + 120
    while build.poll() is None:
        if time.monotonic() > deadline:
            raise FaultError("the build hangs")
        running = processes_of(mark)
        victims = [process for process in running if victim in (EVERYTHING, process.kind)]
        if victims and build.poll() is None:
            time.sleep(dwell)  # else each process is killed at its very beginning
            chosen = victims if victim == EVERYTHING else victims[:1]
            killed = [kill(process.pid, number) for process in chosen]
            if any(killed):
                return True
            dwell /= 2
        time.sleep(0.005)
    return False
