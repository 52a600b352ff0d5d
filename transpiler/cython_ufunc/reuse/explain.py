# SPDX-License-Identifier: BSD-3-Clause
"""Why a transpile step runs: what the variable CYTHON_UFUNC_VERBOSE asks for."""

from __future__ import annotations

from cython_ufunc.errors import PROGRAM
from cython_ufunc.reuse import up_to_date
from cython_ufunc.step import TRANSPILE, Step

_MOST_REASONS = 3


def explain(step: Step) -> None:
    """Prints why the transpile step `step` runs. What is wrong with it, the step itself finds."""
    if step.command == TRANSPILE:
        print(f"{PROGRAM}: {step.source}: {_sentence(step)}", flush=True)


def _sentence(step: Step) -> str:
    try:
        record = up_to_date.record_of(step)
        if record is None:
            return "transpiled, because steps with its options have no record of what they were made from"
        reasons = record.reasons()
    except (OSError, ValueError):
        return "transpiled, because there is no record of an earlier run (the first one, or one with messages)"
    if not reasons:
        return "not transpiled, because nothing but comments or time stamps changed"
    more = f", and {len(reasons) - _MOST_REASONS} more" if len(reasons) > _MOST_REASONS else ""
    return f"transpiled, because {'; '.join(reasons[:_MOST_REASONS])}{more}"
