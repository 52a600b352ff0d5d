# SPDX-License-Identifier: BSD-3-Clause
"""A process around a step, to say which source it was that ended the translation by a signal.

Cython's parser recurses in C: on code that is nested too deeply it overflows the stack, and raises no exception.
"""

from __future__ import annotations

import os
import sys

from cython_ufunc.step import TRANSPILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

    from cython_ufunc.step import Step


def run(do: Callable[[Step], int], step: Step) -> int:
    """Does `step` by `do`; returns its exit code. A child process does a transpile step, where there is fork()."""
    if not hasattr(os, "fork") or step.command != TRANSPILE:
        return do(step)
    sys.stdout.flush()
    sys.stderr.flush()
    alive, held = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no process left: it has to do without
        os.close(alive)
        os.close(held)
        return do(step)
    if child == 0:
        os.close(held)
        _end_with_parent(alive)
        return do(step)
    os.close(alive)
    return _await(child, step.source)


def _end_with_parent(alive: int) -> None:
    """Has this process end when the other end of the pipe `alive` is closed: by the end of the parent."""
    import signal
    import threading

    def wait() -> None:
        os.read(alive, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def _await(child: int, source: str) -> int:
    """Waits for the child process; returns its exit code, or 1 and a message when a signal ended it."""
    import signal

    def pass_on(number: int, frame: object) -> None:
        os.kill(child, number)

    passed_on = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for number in passed_on:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, pass_on)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status)
    ended_by = signal.Signals(os.WTERMSIG(status))
    if ended_by in passed_on:
        signal.signal(ended_by, signal.SIG_DFL)
        os.kill(os.getpid(), ended_by)
    return _report(ended_by.name, source)


def _report(signal_name: str, source: str) -> int:
    from cython_ufunc.errors import UserError, report

    if signal_name == "SIGKILL":
        error = UserError(
            "the translation was killed (SIGKILL). The system does so when memory runs out: build with fewer jobs."
        )
    else:
        error = UserError(
            f"the translation was ended by {signal_name}: Cython crashed on it, as it does on code that is nested too "
            "deeply and on a file that includes itself. Change the source, or try another Cython."
        )
    return report(UserError(f"{source}: {error}"))
