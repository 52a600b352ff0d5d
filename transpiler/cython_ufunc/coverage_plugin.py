# SPDX-License-Identifier: BSD-3-Clause
"""A plugin for coverage: the lines of `.pyx` files, wherever the module, its source and the build directory are.

    [run]
    plugins = cython_ufunc.coverage_plugin

    [cython_ufunc.coverage_plugin]
    build_dirs = build

It goes by the maps that builds with coverage leave beside the bodies (see coverage_map), which it finds in
`build_dirs` and below (default: the folder that coverage runs in). Nothing of Cython or of a build system is needed.
"""

import json
import os
import re
import tokenize
from types import FrameType
from typing import Any, Dict, FrozenSet, Iterable, Iterator, List, Mapping, NamedTuple, Optional, Set, Tuple

from coverage import CoveragePlugin, FileReporter, FileTracer
from coverage.exceptions import ConfigError, CoverageException

from cython_ufunc.errors import PROGRAM, did_you_mean, warn
from cython_ufunc.outputs.coverage_map import FORMAT, SUFFIX

_NAME = "cython_ufunc.coverage_plugin"
_BUILD_DIRS = "build_dirs"
_SOURCE_EXTENSIONS = (".pyx", ".pxd", ".pxi")
# Folders that no build directory is in.
_NOT_SEARCHED = {"__pycache__", "node_modules", "site-packages", "dist-packages"}
_NOWHERE = (-1, -1)  # coverage takes that for no line


class _Source(NamedTuple):
    """One source of one module, by one map."""

    path: str
    module: str
    function_lines: FrozenSet[int]
    module_lines: FrozenSet[int]
    map_path: str
    built: float  # when, as time stamps go


class Maps:
    """What the maps in some folders say."""

    def __init__(self, folders: Iterable[str]) -> None:
        self.folders = list(folders)
        self._by_name: Dict[str, List[_Source]] = {}
        self._by_path: Dict[str, List[_Source]] = {}
        for folder in self.folders:
            for path in _files_below(folder):
                self._add(path)
        self._endings = tuple("/" + name for name in self._by_name)

    def _add(self, map_path: str) -> None:
        try:
            with open(map_path, encoding="utf-8") as file:
                found = json.load(file)
            if found["format"] != FORMAT:
                warn(f"{map_path} is of another version of {PROGRAM}, and not used. Build again.")
                return
            built = os.stat(map_path).st_mtime
            for name, entry in found["sources"].items():
                lines = frozenset(entry["function_lines"]), frozenset(entry["module_lines"])
                source = _Source(os.path.realpath(entry["path"]), found["module"], *lines, map_path, built)
                self._by_name.setdefault(name.replace("\\", "/"), []).append(source)
                self._by_path.setdefault(source.path, []).append(source)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            warn(f"{map_path} cannot be read ({type(error).__name__}: {error}), and is not used. Build again.")

    def has(self, path: str) -> bool:
        """True for the absolute path of a source, and for what coverage makes of a name that a frame has for one."""
        return os.path.realpath(path) in self._by_path or path.replace("\\", "/").endswith(self._endings)

    def find(self, name: str, module: str, file: str) -> Optional[_Source]:
        """The source that a frame of `module`, loaded from `file`, has the name `name` for."""
        found = self._by_name.get(name.replace("\\", "/"), ())
        found = [source for source in found if source.module == module]
        return max(found, key=lambda source: (_nearness(source.map_path, file), source.built), default=None)

    def of(self, path: str) -> List[_Source]:
        """What is known of the source `path`, by each module's latest build."""
        latest: Dict[str, _Source] = {}
        for source in sorted(self._by_path.get(os.path.realpath(path), ()), key=lambda source: source.built):
            latest[source.module] = source
        return list(latest.values())

    def below(self, folder: str) -> Iterator[str]:
        """The sources in `folder` and below."""
        inside = os.path.join(os.path.realpath(folder), "")
        for path, sources in self._by_path.items():
            lines = any(source.function_lines or source.module_lines for source in sources)
            if lines and path.startswith(inside) and not _NOT_SEARCHED & set(path.split(os.sep)):
                yield path


def _files_below(folder: str) -> Iterator[str]:
    for path, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _NOT_SEARCHED]
        yield from (os.path.join(path, name) for name in files if name.endswith(SUFFIX))


def _nearness(path: str, file: str) -> int:
    """How much of their way two files have in common."""
    try:
        return len(os.path.commonpath([os.path.realpath(path), os.path.realpath(file)]))
    except ValueError:  # no file, or another drive
        return 0


class Plugin(CoveragePlugin):  # type: ignore[misc]
    """What coverage asks: whose lines a frame's are, and which lines there are."""

    def __init__(self, folders: Iterable[str]) -> None:
        super().__init__()
        self._folders = list(folders)
        self._maps: Optional[Maps] = None
        self._excluded = ""  # a regular expression
        self._is_warned = False

    @property
    def maps(self) -> Maps:
        """Read when there is need."""
        if self._maps is None:
            self._maps = Maps(self._folders or [os.getcwd()])
        return self._maps

    def configure(self, config: Any) -> None:
        """Takes note of the lines to leave out, and has coverage use the tracer that plugins work with."""
        self._excluded = "|".join(f"(?:{pattern})" for pattern in config.get_option("report:exclude_lines") or ())
        try:
            if config.get_option("run:core") is None:
                config.set_option("run:core", "ctrace")
        except (ConfigError, CoverageException):
            pass  # a coverage that has no other

    def file_tracer(self, filename: str) -> Optional["_Tracer"]:
        """The tracer of frames whose source is `filename`; None for what is none of Cython's."""
        if self.maps.has(filename):
            return _Tracer(self.maps)
        is_source = filename.endswith(_SOURCE_EXTENSIONS)
        if not is_source and (filename.endswith(".py") or os.path.exists(filename)):
            return None
        if is_source and not self._is_warned:
            self._is_warned = True
            warn(
                f"coverage: no map of {filename} ({SUFFIX}) in {', '.join(self.maps.folders)} and below: its lines are "
                f"not measured. Build it with coverage, and name the build directory as {_BUILD_DIRS} of [{_NAME}]."
            )
        return _Tracer(self.maps)  # it traces none of this, as of code that Cython has in itself, such as for ufuncs

    def file_reporter(self, filename: str) -> "_Reporter":
        """What can be reported of the source `filename`."""
        sources = self.maps.of(filename)
        if not sources:
            raise CoverageException(
                f"no map of {filename} ({SUFFIX}) in {', '.join(self.maps.folders)} and below. Name the build "
                f"directory as {_BUILD_DIRS} of [{_NAME}]."
            )
        return _Reporter(filename, sources, self._excluded)

    def find_executable_files(self, src_dir: str) -> Iterator[str]:
        """The sources in a folder, so that those which never ran are reported as well."""
        return self.maps.below(src_dir)

    def sys_info(self) -> List[Tuple[str, object]]:
        """For `coverage debug sys`."""
        return [(_BUILD_DIRS, self.maps.folders)]


class _Tracer(FileTracer):  # type: ignore[misc]
    def __init__(self, maps: Maps) -> None:
        super().__init__()
        self._maps = maps
        self._found: Dict[Tuple[str, str], Optional[_Source]] = {}

    def has_dynamic_source_filename(self) -> bool:
        """Two modules may have one name for their sources, which the frames tell apart."""
        return True

    def _source_of(self, frame: FrameType) -> Optional[_Source]:
        key = frame.f_code.co_filename, str(frame.f_globals.get("__name__"))
        if key not in self._found:
            self._found[key] = self._maps.find(*key, str(frame.f_globals.get("__file__", "")))
        return self._found[key]

    def dynamic_source_filename(self, filename: str, frame: FrameType) -> Optional[str]:
        """The path of the frame's source; None for code that Cython has in itself, such as that around a ufunc."""
        source = self._source_of(frame)
        return source.path if source else None

    def line_number_range(self, frame: FrameType) -> Tuple[int, int]:
        """The line a frame is at. At module level, those of other files come under the name of the module's source."""
        line = frame.f_lineno
        if "PyInit" in frame.f_code.co_name:
            source = self._source_of(frame)
            if source is None or line not in source.module_lines:
                return _NOWHERE
        return line, line


class _Reporter(FileReporter):  # type: ignore[misc]
    def __init__(self, filename: str, sources: Iterable[_Source], excluded: str) -> None:
        super().__init__(filename)
        self._lines: Set[int] = set()
        for source in sources:
            self._lines |= source.function_lines | source.module_lines
            if os.path.exists(source.path) and os.stat(source.path).st_mtime > source.built:
                warn(f"coverage: {source.path} was edited after {source.module} was built. Build again.")
        self._excluded = excluded

    def lines(self) -> Set[int]:
        """The lines that can run."""
        return self._lines - self.excluded_lines()

    def excluded_lines(self) -> Set[int]:
        """The lines that match report:exclude_lines, and the blocks that such lines open."""
        return self._lines & set(_excluded_lines(self.source(), self._excluded)) if self._excluded else set()

    def source(self) -> str:
        """The text of the source, in its own encoding."""
        with open(self.filename, "rb") as file:
            encoding, _ = tokenize.detect_encoding(file.readline)
        with open(self.filename, encoding=encoding) as file:
            return file.read()


def _excluded_lines(text: str, pattern: str) -> Iterator[int]:
    depth: Optional[int] = None  # of the line that opened an excluded block
    search = re.compile(pattern, re.MULTILINE).search
    for number, line in enumerate(text.split("\n"), start=1):
        code = line.split("#")[0].rstrip()
        indent = len(line) - len(line.lstrip())
        if depth is not None and code and indent <= depth:
            depth = None
        if depth is not None:
            yield number
        elif search(line):
            yield number
            if code.endswith(":"):
                depth = indent


def _folders(options: Mapping[str, Any]) -> List[str]:
    """The folders in `options`. Raises ConfigError for options that make no sense."""
    for name in options:
        if name != _BUILD_DIRS:
            near = did_you_mean(name, [_BUILD_DIRS])
            raise ConfigError(f"[{_NAME}] has no option '{name}', only '{_BUILD_DIRS}'.{near} Leave it out.")
    given = options.get(_BUILD_DIRS, ())
    names = re.split(r"[,\n]", given) if isinstance(given, str) else [str(name) for name in given]
    folders = [os.path.abspath(name.strip()) for name in names if name.strip()]
    for folder in folders:
        if not os.path.isdir(folder):
            raise ConfigError(f"[{_NAME}] {_BUILD_DIRS} names {folder}, which is no folder. Name the build directory.")
    return folders


def coverage_init(registry: Any, options: Mapping[str, Any]) -> None:
    """Coverage's entry point."""
    plugin = Plugin(_folders(options))
    registry.add_configurer(plugin)
    registry.add_file_tracer(plugin)
