# SPDX-License-Identifier: BSD-3-Clause
"""Why a transpile step runs, for who asks by the variable CYTHON_UFUNC_VERBOSE."""

from typing import Sequence

from cython_ufunc import step_options
from cython_ufunc.errors import PROGRAM
from cython_ufunc.reuse import up_to_date

_MOST_REASONS = 3


def tell(arguments: Sequence[str]) -> None:
    """Prints why the step with the command line `arguments` runs. What is wrong with it, the step itself finds."""
    if arguments[:1] != [step_options.TRANSPILE]:
        return
    try:
        given = step_options.read_arguments_files(arguments[1:])
        options = step_options.parse(step_options.TRANSPILE, given)
        if options is None:
            return
        print(f"{PROGRAM}: {options.source}: {_sentence(given)}", flush=True)
    except OSError:
        return


def _sentence(given: Sequence[str]) -> str:
    step = up_to_date.prepare(step_options.TRANSPILE, given)
    if step is None:
        return "transpiled, as its options have no record kept of what it was made from"
    try:
        reasons = step.reasons()
    except (OSError, ValueError):
        return "transpiled, as there is no record of an earlier run (the first one, or one with messages)"
    if not reasons:
        return "not transpiled, as nothing but comments or time stamps changed"
    more = f", and {len(reasons) - _MOST_REASONS} more" if len(reasons) > _MOST_REASONS else ""
    return f"transpiled, because {'; '.join(reasons[:_MOST_REASONS])}{more}"
