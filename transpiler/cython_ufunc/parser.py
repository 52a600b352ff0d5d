# SPDX-License-Identifier: BSD-3-Clause
"""The parser of this program's command lines."""

import argparse
from typing import NoReturn, Sequence

from cython_ufunc.errors import UserError, did_you_mean


class Parser(argparse.ArgumentParser):
    """An argument parser that names the nearest option for one it does not know, and never takes an abbreviation."""

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
