# SPDX-License-Identifier: BSD-3-Clause
"""Does a step in this process: neither is it up to date, nor in the output cache, nor is there a worker."""

import contextlib
import os
import sys
from typing import Any, Iterator, List, Optional, Tuple

from cython_ufunc import files
from cython_ufunc.cython.translate import Translation
from cython_ufunc.errors import UserError, report, warn
from cython_ufunc.reuse import cached, up_to_date
from cython_ufunc.reuse.store import FOLDER_VARIABLE
from cython_ufunc.step import SHARED_UTILITY, TRANSPILE, Step
from cython_ufunc.steps.made import Made


def run(step: Step) -> int:
    """Does `step`; records and caches what it made, where that can be. Returns its exit code.

    Errors go to stderr: as one line, or as Cython says them.
    """
    try:
        return 0 if _run(step) else 1
    except UserError as error:
        return report(error)


def _make(step: Step) -> Optional[Made]:
    """What the step makes, by the module of its kind; None for errors in the source."""
    if step.command == TRANSPILE:
        from cython_ufunc.steps.transpile import make
    elif step.command == SHARED_UTILITY:
        from cython_ufunc.steps.shared_utility import make
    else:
        from cython_ufunc.steps.stub import make
    return make(step)


def _run(step: Step) -> bool:
    # Before Cython leaves the working directory. What is wrong with the cache that was asked for comes first.
    in_cache = cached.cached_of(step)
    was_done = os.path.exists(step.record_path)  # then its outputs are, whatever became of them
    record = up_to_date.record_of(step)
    with _recorded_output() as printed:
        try:
            made = _make(step)
            if made is None:
                return False
            for path, content in made.outputs:
                if not was_done and not files.is_ours(path):
                    raise UserError(f"{path} would be replaced, but it was not made by cython-ufunc. Move it away.")
                os.makedirs(os.path.dirname(path), exist_ok=True)
                files.write_if_changed(path, content)
            step.end(made.dependencies)
        except (UserError, OSError) as error:
            about = step.source or ("" if isinstance(error, UserError) else step.module_name)
            raise UserError(f"{about}: {error}" if about else str(error)) from None
    if made.translation:
        _remember(made, made.translation, printed, record, in_cache)
    return True


def _remember(
    made: Made,
    translation: Translation,
    printed: List[Tuple[int, str]],
    record: Optional[up_to_date.Record],
    in_cache: Optional[cached.CachedStep],
) -> None:
    """Writes the record, unless the step printed, and adds its outputs to the output cache."""
    try:
        read = {path: files.read(path) for path in translation.read}
        translation.check_unchanged()
    except (FileNotFoundError, UserError):
        return  # edited just now: the next build does the step again
    looked_up = translation.looked_up.found
    if record and not printed:  # warnings come again
        with contextlib.suppress(OSError):
            record.write(made.outputs, read, looked_up)
    if in_cache is None:
        return
    try:
        in_cache.add(made.outputs, read, looked_up, printed)
    except OSError as error:
        warn(
            f"the output cache {in_cache.cache.folder} cannot be written: {error.strerror or error}. The build goes on "
            f"without it. Correct that, or unset {FOLDER_VARIABLE}."
        )


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
