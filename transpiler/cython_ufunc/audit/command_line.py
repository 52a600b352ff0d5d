# SPDX-License-Identifier: BSD-3-Clause
"""The command line of `cython-ufunc audit`."""

import argparse
import json
import sys
from pathlib import Path
from typing import Sequence

from cython_ufunc.audit.extra import require_extra
from cython_ufunc.errors import PROGRAM, UserError
from cython_ufunc.usage import Parser

_EXIT = {"ok": 0, "violation": 1, "incomplete": 2}
_BAD_INPUT = 2


def main(arguments: Sequence[str]) -> int:
    """Runs the command; returns 0 for ok, 1 for violations, 2 where something was not followed, or for bad input."""
    try:
        options = _parse(arguments)
        require_extra()
        from cython_ufunc.audit.run import audit

        report = audit(options.places, options.jobs, _progress if sys.stderr.isatty() else _no_progress)
    except UserError as error:
        print(f"{PROGRAM}: error: {error}", file=sys.stderr)
        return _BAD_INPUT
    from cython_ufunc.audit.report import as_json, as_text

    print(json.dumps(as_json(report), indent=2) if options.json else as_text(report, options.slots))
    return _EXIT[report.verdict()]


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = Parser(
        "audit",
        description="Compares the NumPy that built extension modules say they run on with the slots of NumPy's C API "
        "that they really use, by whatever they were made. Reads the files only; runs none of their code.",
        epilog="Exit code: 0 ok, 1 violations were found, 2 something was not followed or the input cannot be used.",
    )
    parser.add_argument(
        "places", nargs="+", metavar="place", help="an extension module, a wheel, a folder, or an environment's folder"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON, as the manual describes it")
    parser.add_argument("--slots", action="store_true", help="list the slots that each module uses")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="files at the same time (default: all cores)")
    options = parser.parse_or_fail(arguments)
    if options.jobs < 0:
        raise UserError(f"argument --jobs: {options.jobs} is less than 0. See '{parser.prog} --help'.")
    if "" in options.places:
        raise UserError("the argument is empty. Set the variable it comes from, or leave it out.")
    options.places = [Path(place) for place in options.places]
    return options


def _progress(done: int, total: int, label: str) -> None:
    if total > 1:
        end = "\n" if done == total else ""
        print(f"\r\x1b[K[{done}/{total}] {label[-60:]}", end=end, file=sys.stderr, flush=True)


def _no_progress(done: int, total: int, label: str) -> None:
    pass
