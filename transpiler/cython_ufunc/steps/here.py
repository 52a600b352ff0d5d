# SPDX-License-Identifier: BSD-3-Clause
"""Doing a step whose result is neither recorded nor in the output cache, and keeping it there."""

import contextlib
import sys
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

from cython_ufunc import files
from cython_ufunc.cython.translate import Translation
from cython_ufunc.errors import UserError, warn
from cython_ufunc.reuse import cached, up_to_date
from cython_ufunc.reuse.store import FOLDER_VARIABLE


class Made(NamedTuple):
    """The outputs of one step, and what Cython did for them."""

    outputs: Sequence[Tuple[Path, bytes]]
    translation: Translation


def run_step(command: str, arguments: Sequence[str], make: Callable[[], Optional[Made]]) -> bool:
    """Does a step by `make`, which writes the outputs; keeps a record of it, and its result if there is a cache for it.

    Returns False when `make` returned None, for errors in the source.
    """
    step = cached.prepare(command, arguments)
    recorded = up_to_date.prepare(command, arguments)
    with _recorded_output() as printed:
        made = make()
    if made is None:
        return False
    read = _read(made)
    if read is None:
        return True  # edited just now: the next build does the step again
    outputs = [(str(path), content) for path, content in made.outputs]
    looked_for = made.translation.looked_for.found
    if recorded and not printed:  # warnings come again
        with contextlib.suppress(OSError):
            recorded.keep(outputs, read, looked_for)
    if step is None:
        return True
    try:
        step.keep(outputs, read, looked_for, printed)
    except OSError as error:
        warn(
            f"the output cache {step.cache.folder} cannot be written: {error.strerror or error}. The build goes on "
            f"without it. Correct that, or unset {FOLDER_VARIABLE}."
        )
    return True


def _read(made: Made) -> Optional[Dict[str, bytes]]:
    """What is in the files that Cython opened; None when one of them has changed since."""
    try:
        read = {path: files.read(path) for path in made.translation.read}
        made.translation.check_unchanged()
    except (FileNotFoundError, UserError):
        return None
    return read


class _Recorder:
    """A text stream that notes what is written to it on its way to another."""

    def __init__(self, stream: Any, number: int, texts: List[Tuple[int, str]]) -> None:
        self._stream = stream
        self._number = number
        self._texts = texts

    def write(self, text: str) -> int:
        self._texts.append((self._number, text))
        return int(self._stream.write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextlib.contextmanager
def _recorded_output() -> Iterator[List[Tuple[int, str]]]:
    """Yields a list of the texts that the block writes to stdout (1) and stderr (2), which go there as well."""
    texts: List[Tuple[int, str]] = []
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_Recorder(stream, number, texts) for number, stream in enumerate(streams, start=1))
    try:
        yield texts
    finally:
        sys.stdout, sys.stderr = streams
