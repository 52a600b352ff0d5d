# SPDX-License-Identifier: BSD-3-Clause
"""A process around a step, to say which source it was that ended the translation by a signal.

Cython's parser recurses in C: on code that is nested too deeply it overflows the stack, and no exception tells of it.
"""

from __future__ import annotations

import os
import sys

from cython_ufunc import step_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Sequence


def run(command_line: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> int:
    """Runs the transpiler's command line `arguments` by `command_line`; returns its exit code.

    A transpile step is run by a child process, where the system has fork().
    """
    if not hasattr(os, "fork") or not arguments or arguments[0] != step_options.TRANSPILE:
        return command_line(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    alive, held = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no process left: it has to do without
        os.close(alive)
        os.close(held)
        return command_line(arguments)
    if child == 0:
        os.close(held)
        _end_with_parent(alive)
        return command_line(arguments)
    os.close(alive)
    return _await(child, arguments)


def _end_with_parent(alive: int) -> None:
    """Has this process end when the other end of the pipe `alive` is closed: by the end of the parent."""
    import signal
    import threading

    def wait() -> None:
        os.read(alive, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def _await(child: int, arguments: Sequence[str]) -> int:
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
    _report(ended_by.name, arguments)
    return 1


def _report(signal_name: str, arguments: Sequence[str]) -> None:
    from cython_ufunc.errors import PROGRAM, UserError

    options = step_options.parse(arguments[0], step_options.read_arguments_files(arguments[1:]))
    source = os.path.abspath(options.source) if options else " ".join(arguments)
    if signal_name == "SIGKILL":
        error = UserError(
            "the translation was killed (SIGKILL). The system does so when memory runs out: build with fewer jobs."
        )
    else:
        error = UserError(
            f"the translation was ended by {signal_name}: Cython crashed on it, as it does on code that is nested too "
            "deeply and on a file that includes itself. Change the source, or try another Cython."
        )
    print(f"{PROGRAM}: error: {source}: {error}", file=sys.stderr)
