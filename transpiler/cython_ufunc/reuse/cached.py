# SPDX-License-Identifier: BSD-3-Clause
"""Steps and the output cache: what a step's result depends on, keeping it, and having it again.

The key stands for all that is known before Cython runs: the source, the options, the program. The conditions stand for
what Cython read and looked for on its way. Both name files by the folders they were found from, so that the result
serves every copy of the source tree.
"""

from __future__ import annotations

import os
import sys
import zlib

from cython_ufunc import files, step_options
from cython_ufunc.files import digest
from cython_ufunc.reuse import fingerprint, lookups
from cython_ufunc.reuse.portable_paths import Roots
from cython_ufunc.reuse.store import cache_of_environment
from cython_ufunc.source_place import name_of_source, source_root
from cython_ufunc.step_options import SHARED_UTILITY, TRANSPILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Sequence

    from cython_ufunc.reuse.store import OutputCache
    from cython_ufunc.step_options import StepOptions

# To be changed with what results and manifests look like.
_FORMAT = 1
# Arguments of Cython, or how they begin, with which it reads or writes what is not looked at here.
_NOT_KEPT = ("--annotate-c", "--gd", "-C")
# The fastest: C code gets five times smaller by it, and seven times by the slowest.
_COMPRESSION = 1

# Kinds of conditions, besides those of lookups.
_FILE = "file"
_PLACES = "places"


def replay(arguments: Sequence[str]) -> int | None:
    """Has the outputs of the transpiler's command line `arguments` from the cache; returns its exit code.

    Returns None when that is not possible, and the step has to be done: whatever is wrong, that finds it.
    """
    try:
        step = prepare(arguments[0], step_options.read_arguments_files(arguments[1:]))
        return 0 if step and step.replay() else None
    except Exception:
        return None


def prepare(command: str, arguments: Sequence[str]) -> CachedStep | None:
    """The step that `command` and its `arguments` ask for; None without a cache, or when its result cannot be kept.

    Raises UserError when the cache asked for makes no sense.
    """
    if command not in (TRANSPILE, SHARED_UTILITY):
        return None
    cache = cache_of_environment()
    options = step_options.parse(command, arguments) if cache else None
    cython = fingerprint.cython_folder() if options else None
    if cache is None or options is None or cython is None:
        return None
    cython_arguments = [*options.lists["--cython-arg"], *options.values.get("--cython-args", "").split(";")]
    if any(argument.startswith(_NOT_KEPT) for argument in cython_arguments) or "--line-directives" in options.flags:
        return None
    try:
        return CachedStep(cache, options, cython, cython_arguments)
    except OSError:
        return None  # a source that cannot be read: the step itself says so


class CachedStep:
    """One transpile step, as the cache sees it."""

    def __init__(self, cache: OutputCache, options: StepOptions, cython: str, cython_arguments: Sequence[str]) -> None:
        self.cache = cache
        self._options = options
        self._cython = cython
        self._body = os.path.abspath(options.values["--body"])
        self._source = ""
        self._states: dict[str, tuple[int, int] | None] = {}  # of what was read, before that
        module_name = options.values.get("--module-name", "")
        self._roots = Roots([])
        if options.source:
            self._source = os.path.abspath(options.source)
            module_name = module_name or name_of_source(self._source)
            include_directories = [os.path.abspath(folder) for folder in options.lists["--include-directory"]]
            root = source_root(self._source, module_name)
            self._roots = Roots([root, *include_directories, *fingerprint.search_path(), cython])
        self._key = self._make_key(module_name, cython_arguments)

    def _make_key(self, module_name: str, cython_arguments: Sequence[str]) -> str:
        options = self._options
        shim = options.values.get("--shim")
        folder = os.path.basename(os.path.dirname(self._body))
        relative_paths = any(argument.startswith(("-I", "--i")) for argument in cython_arguments)
        parts = [
            _FORMAT,
            fingerprint.own_digest(),
            fingerprint.cython_digest(self._cython, self.cache),
            (sys.implementation.name, tuple(sys.version_info), sys.flags.optimize, sys.platform),
            sys.getfilesystemencoding(),
            options.command,
            module_name,
            options.values["--language"],
            options.values.get("--shared-utility"),
            options.values.get("--limited-api"),
            sorted(options.flags),
            options.lists["--directive"],
            cython_arguments,
            os.getcwd() if relative_paths else "",
            os.path.basename(self._body),
            folder if folder.endswith(".p") else "",  # Meson's, which has the target's name in it
            shim and os.path.basename(shim),
            [os.path.basename(header) for header in options.lists["--header"]],
            self._roots.layout(),
            self._source and (self._roots.name_of(self._source), self._digest_of(self._source)),
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
        stamp = self._options.values.get("--stamp")
        if stamp:
            files.remove_if_there(stamp)
        for name, content in outputs:
            path = self._path_of_output(name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            files.write_if_changed(path, content)
        if any(files.state_of(path) != state for path, state in self._states.items()):
            return False  # edited just now: what is written after that passes for newer
        self._finish(dependencies)
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

    def _finish(self, dependencies: Sequence[str]) -> None:
        """What the step does at its end."""
        template = fingerprint.SHIM_TEMPLATE if "--shim" in self._options.values else None
        if self._options.command == SHARED_UTILITY:
            template = fingerprint.EMPTY_MODULE_TEMPLATE
        everything = [*dependencies, *fingerprint.program_files(self._cython, template)]
        if self._source:
            everything.append(self._source)
        self._options.finish(everything)

    def keep(
        self,
        outputs: Sequence[tuple[str, bytes]],
        read: dict[str, bytes],
        looked_for: dict[tuple[str, str], str],
        printed: Sequence[tuple[int, str]],
    ) -> None:
        """Keeps what the step made. Raises OSError when the cache cannot.

        outputs: paths and contents. read: the files that it depends on, and what was in them. looked_for: see Lookups.
        printed: texts written to stdout (1) and stderr (2).
        """
        self.cache.count("misses")
        looks = {look: found for look, found in looked_for.items() if look[0] != lookups.EXISTS or look[1] not in read}
        names = {path: self._roots.name_of(path) for path in [*read, *(path for _, path in looks)]}
        conditions = [f"{kind} {found} {names[path]}" for (kind, path), found in looks.items()]
        conditions += [f"{_FILE} {digest(content)} {names[path]}" for path, content in read.items()]
        by_place = any(name.startswith("=") for name in names.values()) or any(map(self._roots.are_in, read.values()))
        if by_place or "--coverage" in self._options.flags:  # its map has paths in it
            # Another copy of the source tree may mean other files by the same words.
            conditions.append(f"{_PLACES} - {self._roots.places()}")
        conditions.sort(reverse=True)  # the cheap ones first: versions, places, file, exists
        texts = [(stream, _with_names(text, names)) for stream, text in printed]
        if any("\n" in text or "\0" in text for text in [*conditions, *names]):
            return  # names that the cache has no way to say
        if any(self._roots.are_in(os.fsencode(text)) or not self._source for _, text in texts):
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
        named = {"body": self._body}
        if "--shim" in self._options.values:
            named["shim"] = os.path.abspath(self._options.values["--shim"])
        for number, header in enumerate(self._options.lists["--header"]):
            named[f"header{number}"] = os.path.abspath(header)
        return named

    def _name_of_output(self, path: str) -> str:
        for name, named in self._named_outputs().items():
            if path == named:
                return name
        return f"./{os.path.relpath(path, os.path.dirname(self._body))}"

    def _path_of_output(self, name: str) -> str:
        if name.startswith("./"):
            return os.path.normpath(os.path.join(os.path.dirname(self._body), name))
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
