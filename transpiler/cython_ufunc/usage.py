# SPDX-License-Identifier: BSD-3-Clause
"""Command lines by argparse: `--help`, and errors that name the nearest option. Steps come here for these alone."""

import argparse
from typing import Any, Dict, Mapping, NoReturn, Sequence

import cython_ufunc
from cython_ufunc.errors import PROGRAM, UserError, did_you_mean


class Parser(argparse.ArgumentParser):
    """An argument parser that names the nearest option for one it does not know, and never takes an abbreviation."""

    def __init__(self, command: str = "", **keywords: object) -> None:
        """`command`: of this program; empty for the program itself."""
        super().__init__(prog=f"{PROGRAM} {command}".strip(), allow_abbrev=False, **keywords)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Raises UserError, where argparse would end the program."""
        raise UserError(f"{message}. See '{self.prog} --help'.")

    def parse_or_fail(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The values of `arguments`. Raises UserError for what is wrong with them."""
        namespace, unknown = self.parse_known_args(arguments)
        if unknown:
            known = [option for action in self._actions for option in action.option_strings]
            near = did_you_mean(unknown[0].split("=")[0], known)
            raise UserError(f"unknown argument '{unknown[0]}'.{near} See '{self.prog} --help'.")
        return namespace


def step_parser(command: str, source: str, options: Mapping[str, Mapping[str, Any]]) -> Parser:
    """The parser of one kind of step.

    source: what its positional argument is; empty: it has none. options: by name, what add_argument() is given.
    """
    parser = Parser(command, description=cython_ufunc.__doc__)
    if source:
        parser.add_argument("source", help=source)
    for name, keywords in options.items():
        parser.add_argument(name, **keywords)
    return parser


def read_step(
    command: str, source: str, options: Mapping[str, Mapping[str, Any]], arguments: Sequence[str]
) -> Dict[str, Any]:
    """What a step's command line gives: its source, and what is given of the options, by their names.

    Raises UserError for what is wrong, and SystemExit after the help that it asks for.
    """
    found = vars(step_parser(command, source, options).parse_or_fail(arguments))
    by_name = {name: found.get(name[2:].replace("-", "_")) for name in options}
    return {"source": found.get("source", ""), **{name: value for name, value in by_name.items() if value is not None}}
