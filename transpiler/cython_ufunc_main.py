# SPDX-License-Identifier: BSD-3-Clause
"""Runs the transpiler from a source tree or an installation, whatever the working directory and PYTHONPATH are."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Iterator, NoReturn

    from cython_ufunc.step import Step

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_RESTARTED = "_CYTHON_UFUNC_IN_UTF8_MODE"


def main() -> int:
    """Runs the command line of this process; returns its exit code."""
    _restart_in_utf8_mode()
    # Python leaves the script's folder out when it is isolated (-I, -P, PYTHONSAFEPATH).
    if not sys.path or not os.path.isfile(os.path.join(sys.path[0], "cython_ufunc_main.py")):
        sys.path.insert(0, _FOLDER)
    from cython_ufunc.step import Step

    try:
        step = Step.read(sys.argv[1:])
    except Exception as error:
        return _report(error)
    if step is None:
        from cython_ufunc import command_line

        del sys.path[0]  # this folder: Cython looks for .pxd files along sys.path
        return command_line.main(sys.argv[1:])
    return _end(next(status for way in _ways(step) if (status := way(step)) is not None))


def _restart_in_utf8_mode() -> None:
    """Starts this process anew where the locale has another encoding: arguments files and outputs are UTF-8."""
    is_utf8 = sys.getfilesystemencoding().lower().replace("-", "") == "utf8"
    if is_utf8 or os.name != "posix" or not sys.executable or _RESTARTED in os.environ:
        return
    os.environ[_RESTARTED] = "1"  # an interpreter without such a mode is not to be started again and again
    arguments = sys.orig_argv[1:] if sys.version_info >= (3, 10) else sys.argv
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *arguments])  # noqa: S606


def _ways(step: Step) -> Iterator[Callable[[Step], int | None]]:
    """The ways to do `step`, the quickest first; the last of them can."""
    if os.environ.get("CYTHON_UFUNC_VERBOSE", "0") != "0":
        from cython_ufunc.reuse.explain import explain

        explain(step)
    if os.path.exists(step.record_path):
        from cython_ufunc.reuse import up_to_date

        yield up_to_date.replay
    if os.environ.get("CYTHON_UFUNC_CACHE"):
        from cython_ufunc.reuse import cached

        yield cached.replay
    if step.worker_directory:
        from cython_ufunc.worker.client import run_in_worker

        yield run_in_worker
    from cython_ufunc.steps import crash_guard

    yield lambda step: crash_guard.run(_do_here, step)


def _do_here(step: Step) -> int:
    from cython_ufunc.steps import here

    del sys.path[0]
    return here.run(step)


def _end(status: int) -> NoReturn:
    """Ends this process. Python's own way takes as long as a step that is up to date, and has nothing to do here."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _report(error: Exception) -> int:
    """Prints an error of the user; raises any other."""
    from cython_ufunc.errors import UserError, report

    if isinstance(error, UserError):
        return report(error)
    raise error


if __name__ == "__main__":
    sys.exit(main())
