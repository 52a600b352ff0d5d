# SPDX-License-Identifier: BSD-3-Clause
"""The command line of `cython-ufunc doctor`."""

import argparse
import json
import sys
from importlib import metadata
from pathlib import Path
from typing import List, Optional, Sequence

from cython_ufunc.doctor.extension import Examined, Found, examine, read_extension
from cython_ufunc.doctor.installed import examine_installation
from cython_ufunc.doctor.places import find_extensions
from cython_ufunc.doctor.problem import Problem
from cython_ufunc.doctor.report import Report, Unreadable, as_json, as_text
from cython_ufunc.errors import PROGRAM, UserError
from cython_ufunc.usage import Parser

_LONGEST = 86400  # a day
_FINE, _PROBLEMS, _BAD_INPUT = range(3)


def main(arguments: Sequence[str]) -> int:
    """Runs the command; returns 0 where all is well, 1 where it found problems, 2 for bad input."""
    try:
        options = _parse(arguments)
        report = Report(None if options.places else examine_installation(), [], [])
        for place in map(_path, options.places):
            _examine_place(place, 0 if options.no_import else options.timeout, report)
    except UserError as error:
        print(f"{PROGRAM}: error: {error}", file=sys.stderr)
        return _BAD_INPUT
    if options.json:
        print(json.dumps(as_json(report), indent=2))
    else:
        print(as_text(report))
    return _PROBLEMS if report.problems() else _FINE


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = Parser(
        "doctor",
        description="Reports what is installed and what of it cannot work together; or, of built extension modules, "
        "whether NumPy's tables are imported before use, which NumPy and Python they need, and what they export.",
        epilog="Exit code: 0 all is well, 1 problems were found, 2 the input cannot be used.",
    )
    parser.add_argument("places", nargs="*", metavar="place", help="an extension module, a wheel, or a build directory")
    parser.add_argument("--json", action="store_true", help="print the report as JSON, as the manual describes it")
    parser.add_argument("--no-import", action="store_true", help="read the files only; run none of their code")
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS", help="for each import (default: 60)")
    options = parser.parse_or_fail(arguments)
    if not 0 < options.timeout < _LONGEST:
        raise UserError(
            f"argument --timeout: {options.timeout:g} is not between 0 and {_LONGEST}. See '{parser.prog} --help'."
        )
    return options


def _path(argument: str) -> Path:
    if not argument:
        raise UserError("the argument is empty. Set the variable it comes from, or leave it out.")
    return Path(argument)


def _examine_place(place: Path, timeout: float, report: Report) -> None:
    """Adds what is at `place` to `report`."""
    numpy = _numpy_version()
    with find_extensions(place) as found:
        examined: List[Examined] = []
        for item in found:
            try:
                examined.append(read_extension(item))
            except UserError as error:
                if item.file == place:
                    raise
                report.unreadable.append(Unreadable(item.label, Problem(_without_label(error, item), "unreadable")))
        report.extensions.extend(examine(item, examined, numpy, timeout) for item in examined)


def _without_label(error: UserError, found: Found) -> str:
    text = str(error)
    for name in (str(found.file), found.label):
        if text.startswith(name):
            return f"it{text[len(name) :]}"
    return text


def _numpy_version() -> Optional[str]:
    """The release of this Python's NumPy, by its metadata: it may be one that cannot be imported."""
    try:
        return metadata.version("numpy")
    except metadata.PackageNotFoundError:
        return None
