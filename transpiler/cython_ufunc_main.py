# SPDX-License-Identifier: BSD-3-Clause
"""Runs the transpiler from a source tree or an installation, whatever the working directory and PYTHONPATH are."""

import os
import sys


def main() -> int:
    """Runs the command line, by a record, the output cache or the warm worker where possible; returns its exit code."""
    from cython_ufunc import step_options

    if os.environ.get("CYTHON_UFUNC_VERBOSE", "0") != "0":
        from cython_ufunc.reuse import explain as reasons

        reasons.tell(sys.argv[1:])
    if step_options.has_record(sys.argv[1:]):
        from cython_ufunc.reuse import up_to_date as record

        status = record.replay(sys.argv[1:])
        if status is not None:
            return status
    if os.environ.get("CYTHON_UFUNC_CACHE"):
        from cython_ufunc.reuse.cached import replay

        status = replay(sys.argv[1:])
        if status is not None:
            return status
    from cython_ufunc.worker.client import run_in_worker

    status = run_in_worker(sys.argv[1:])
    if status is not None:
        return status
    from cython_ufunc import command_line
    from cython_ufunc.steps import crash_guard as guard

    del sys.path[0]  # this folder: Cython looks for .pxd files along sys.path
    return guard.run(command_line.main, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
