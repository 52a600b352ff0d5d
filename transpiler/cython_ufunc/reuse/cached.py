# SPDX-License-Identifier: BSD-3-Clause
"""Steps and the output cache: what a step's result depends on, adding it, and having it again.

The key stands for all that is known before Cython runs: the source, the options, the program. The conditions stand for
what Cython read and looked up. Both name files by the folders they were found from, so that the result
serves every copy of the source tree.
"""

from __future__ import annotations

import os
import sys
import zlib

from cython_ufunc import files
from cython_ufunc.files import digest
from cython_ufunc.reuse import fingerprint, lookups
from cython_ufunc.reuse.portable_paths import Roots
from cython_ufunc.reuse.store import cache_of_environment
from cython_ufunc.source_place import source_root
from cython_ufunc.step import SHARED_UTILITY, TRANSPILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Sequence

    from cython_ufunc.reuse.store import OutputCache
    from cython_ufunc.step import Step

# To be changed with what results and manifests look like.
_FORMAT = 1
# Arguments of Cython, or how they begin, with which it reads or writes what is not looked at here.
_NOT_CACHED = ("--annotate-c", "--gd", "-C")
# The fastest: C code gets five times smaller by it, and seven times by the slowest.
_COMPRESSION = 1

# Kinds of conditions, besides those of lookups.
_FILE = "file"
_PLACES = "places"


def replay(step: Step) -> int | None:
    """Makes the outputs of `step` from the cache; returns its exit code.

    Returns None when that is not possible, and the step has to be done: whatever is wrong, that finds it.
    """
    try:
        cached = cached_of(step)
        return 0 if cached and cached.replay() else None
    except Exception:
        return None


def cached_of(step: Step) -> CachedStep | None:
    """`step` as the cache sees it, made once; None without a cache, or when its result cannot be cached.

    Raises UserError when the cache asked for makes no sense.
    """
    if "cached" not in step.memo:
        cache = cache_of_environment() if _can_be_cached(step) else None
        cython = fingerprint.cython_folder() if cache else None
        try:
            step.memo["cached"] = CachedStep(cache, step, cython) if cache and cython else None
        except OSError:
            step.memo["cached"] = None  # a source that cannot be read: the step itself says so
    cached: CachedStep | None = step.memo["cached"]
    return cached


def _can_be_cached(step: Step) -> bool:
    if step.command not in (TRANSPILE, SHARED_UTILITY) or "--line-directives" in step.flags:
        return False
    return not any(argument.startswith(_NOT_CACHED) for argument in step.cython_arguments)


class CachedStep:
    """One transpile step, as the cache sees it."""

    def __init__(self, cache: OutputCache, step: Step, cython: str) -> None:
        self.cache = cache
        self._step = step
        self._cython = cython
        self._states: dict[str, tuple[int, int] | None] = {}  # of what was read, before that
        self._roots = Roots([])
        if step.source:
            root = source_root(step.source, step.module_name)
            self._roots = Roots([root, *step.include_directories, *fingerprint.search_path(), cython])
        self._key = self._make_key()

    def _make_key(self) -> str:
        step = self._step
        folder = os.path.basename(os.path.dirname(step.output))
        relative_paths = any(argument.startswith(("-I", "--i")) for argument in step.cython_arguments)
        parts = [
            _FORMAT,
            fingerprint.program_digest(self._cython, self.cache),
            (sys.implementation.name, tuple(sys.version_info), sys.flags.optimize, sys.platform),
            sys.getfilesystemencoding(),
            step.command,
            step.module_name,
            step.language,
            step.shared_utility,
            step.limited_api,
            sorted(step.flags),
            step.directives,
            step.cython_arguments,
            os.getcwd() if relative_paths else "",
            os.path.basename(step.output),
            folder if folder.endswith(".p") else "",  # Meson's, which has the target's name in it
            step.shim and os.path.basename(step.shim),
            [os.path.basename(header) for header in step.headers],
            self._roots.layout(),
            step.source and (self._roots.name_of(step.source), self._digest_of(step.source)),
        ]
        return digest(repr(parts).encode("utf-8", "surrogateescape"))

    def _digest_of(self, path: str) -> str:
        self._states[path] = files.state_of(path)
        return digest(files.read(path))

    def replay(self) -> bool:
        """Makes the outputs of the step from the cache. Returns False when it does not have them."""
        dependencies: list[str] = []

        def hold(conditions: list[str]) -> bool:
            dependencies[:] = []
            listings: dict[str, list[str]] = {}
            return all(self._holds(condition, dependencies, listings) for condition in conditions)

        result = self.cache.find(self._key, hold)
        if result is None:
            return False
        outputs, printed = _unpack(result)
        was_done = os.path.exists(self._step.record_path)  # then its outputs are, whatever became of them
        if not was_done and not all(files.is_ours(self._path_of_output(name)) for name, _ in outputs):
            return False  # a file of the user's, which the step itself tells of
        self._step.begin()
        for name, content in outputs:
            path = self._path_of_output(name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            files.write_if_changed(path, content)
        if any(files.state_of(path) != state for path, state in self._states.items()):
            return False  # edited just now: what is written after that passes for newer
        self._end(dependencies)
        for stream, text in printed:
            (sys.stdout if stream == 1 else sys.stderr).write(self._with_paths(text))
        self.cache.count("hits")
        return True

    def _holds(self, condition: str, dependencies: list[str], listings: dict[str, list[str]]) -> bool:
        """Whether one condition is met; adds the file it is about, if there is one, to `dependencies`."""
        kind, wanted, name = condition.split(" ", 2)
        if kind == _PLACES:
            return name == self._roots.places()
        path = self._roots.path_of(name)
        if kind != _FILE:
            return lookups.state(kind, path, listings) == wanted
        dependencies.append(os.path.abspath(path))
        try:
            return self._digest_of(path) == wanted
        except OSError:
            return False

    def _end(self, dependencies: Sequence[str]) -> None:
        """Does what the step does at its end."""
        step = self._step
        everything = [*dependencies, *fingerprint.program_files(step.command, step.shim is not None, self._cython)]
        step.end([*everything, step.source] if step.source else everything)

    def add(
        self,
        outputs: Sequence[tuple[str, bytes]],
        read: dict[str, bytes],
        looked_up: dict[tuple[str, str], str],
        printed: Sequence[tuple[int, str]],
    ) -> None:
        """Adds what the step made to the cache. Raises OSError when the cache cannot be written.

        outputs: paths and contents. read: the files that it depends on, and what was in them. looked_up: see Lookups.
        printed: texts written to stdout (1) and stderr (2).
        """
        self.cache.count("misses")
        looks = {look: found for look, found in looked_up.items() if look[0] != lookups.EXISTS or look[1] not in read}
        names = {path: self._roots.name_of(path) for path in [*read, *(path for _, path in looks)]}
        conditions = [f"{kind} {found} {names[path]}" for (kind, path), found in looks.items()]
        conditions += [f"{_FILE} {digest(content)} {names[path]}" for path, content in read.items()]
        by_place = any(name.startswith("=") for name in names.values()) or any(map(self._roots.are_in, read.values()))
        if by_place or "--coverage" in self._step.flags:  # its map has paths in it
            # Another copy of the source tree may mean other files by the same words.
            conditions.append(f"{_PLACES} - {self._roots.places()}")
        conditions.sort(reverse=True)  # the cheap ones first: versions, places, file, exists
        texts = [(stream, _with_names(text, names)) for stream, text in printed]
        if any("\n" in text or "\0" in text for text in [*conditions, *names]):
            return  # names that the cache has no way to say
        if any(self._roots.are_in(os.fsencode(text)) or not self._step.source for _, text in texts):
            return  # it would tell of places elsewhere
        named = [(self._name_of_output(path), content) for path, content in outputs]
        self.cache.add(self._key, conditions, _pack(named, texts))

    def _with_paths(self, text: str) -> str:
        """The text that was given to _with_names(), for the paths here."""
        parts = text.split("\0")
        parts[1::2] = [self._roots.path_of(name) for name in parts[1::2]]
        return "".join(parts)

    def _named_outputs(self) -> dict[str, str]:
        """The outputs that the command line names, by what they are."""
        named = {"body": self._step.output}
        if self._step.shim:
            named["shim"] = self._step.shim
        for number, header in enumerate(self._step.headers):
            named[f"header{number}"] = header
        return named

    def _name_of_output(self, path: str) -> str:
        for name, named in self._named_outputs().items():
            if path == named:
                return name
        return f"./{os.path.relpath(path, os.path.dirname(self._step.output))}"

    def _path_of_output(self, name: str) -> str:
        if name.startswith("./"):
            return os.path.normpath(os.path.join(os.path.dirname(self._step.output), name))
        return self._named_outputs()[name]


def _with_names(text: str, names: dict[str, str]) -> str:
    """`text` with each path in it replaced by its name, between NULs."""
    for path in sorted(names, key=len, reverse=True):
        text = text.replace(path, f"\0{names[path]}\0")
    return text


def _pack(outputs: Sequence[tuple[str, bytes]], printed: Sequence[tuple[int, str]]) -> bytes:
    """One result: a table of contents, and the contents compressed."""
    parts = [(f"> {stream}", os.fsencode(text)) for stream, text in printed] + list(outputs)
    table = "".join(f"{len(content)} {name}\n" for name, content in parts)
    contents = zlib.compress(b"".join(content for _, content in parts), _COMPRESSION)
    return os.fsencode(f"{table}\n") + contents


def _unpack(result: bytes) -> tuple[list[tuple[str, bytes]], list[tuple[int, str]]]:
    """The outputs and the printed texts that _pack() was given."""
    table, _, compressed = result.partition(b"\n\n")
    contents = zlib.decompress(compressed)
    outputs = []
    printed = []
    begin = 0
    for line in os.fsdecode(table).split("\n"):
        length, _, name = line.partition(" ")
        content = contents[begin : begin + int(length)]
        begin += int(length)
        if name.startswith("> "):
            printed.append((int(name[2:]), os.fsdecode(content)))
        else:
            outputs.append((name, content))
    return outputs, printed
