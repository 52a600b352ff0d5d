# SPDX-License-Identifier: BSD-3-Clause
"""The files that make a translation: those of this transpiler, and of Cython, which is found without importing it."""

from __future__ import annotations

import os
import sys

from cython_ufunc import files
from cython_ufunc.files import digest
from cython_ufunc.step import SHARED_UTILITY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cython_ufunc.reuse.store import OutputCache

# Folders of this package that have no part in a step: what people run, and what the wheel has beside it.
_OTHER_OWN_FOLDERS = {"__pycache__", "audit", "commands", "doctor", "share"}
# Folders of Cython that have no part in a translation.
_OTHER_FOLDERS = {"__pycache__", "Build", "Debugger", "Distutils", "Tests"}

_PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
# In a source tree and in an installation alike, the templates lie beside the transpiler.
_TEMPLATES = os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "templates")
SHIM_TEMPLATE = os.path.join(_TEMPLATES, "init_shim.cpp.in")
EMPTY_MODULE_TEMPLATE = os.path.join(_TEMPLATES, "empty_module.c.in")


def own_files() -> list[str]:
    """The source files of this transpiler, the one list of them, sorted: what steps, cache and worker depend on."""
    found = [os.path.join(os.path.dirname(_PACKAGE), "cython_ufunc_main.py")]
    folders = [_PACKAGE]
    while folders:
        with os.scandir(folders.pop()) as listing:
            for entry in listing:
                if entry.name.endswith(".py"):
                    found.append(entry.path)
                elif "." not in entry.name and entry.name not in _OTHER_OWN_FOLDERS and entry.is_dir():
                    folders.append(entry.path)
    return sorted(found)


def search_path() -> list[str]:
    """The folders that Cython searches for .pxd files last: sys.path, without the transpiler's own."""
    own = os.path.dirname(_PACKAGE)
    return [os.path.abspath(entry) for entry in sys.path if os.path.realpath(entry) != own]


_cython_folders: list[str | None] = []


def cython_folder() -> str | None:
    """The package folder of this interpreter's Cython; None when it has none. Looked up once in a process."""
    if not _cython_folders:
        specs = (finder.find_spec("Cython", None) for finder in sys.meta_path)
        spec = next((spec for spec in specs if spec is not None), None)
        _cython_folders.append(os.path.dirname(os.path.realpath(spec.origin)) if spec and spec.origin else None)
    return _cython_folders[0]


def version_file(cython: str) -> str:
    """The file with Cython's version in it: a newer Cython has a newer one."""
    return os.path.join(cython, "Shadow.py")


def program_files(command: str, has_shim: bool, cython: str) -> list[str]:
    """What a step depends on besides its sources: this transpiler, its template, the Cython in the folder `cython`."""
    templates = [EMPTY_MODULE_TEMPLATE] if command == SHARED_UTILITY else [SHIM_TEMPLATE] if has_shim else []
    return [*own_files(), version_file(cython), *templates]


def program_digest(cython: str, cache: OutputCache) -> str:
    """What stands for the content of this transpiler and of the Cython in the folder `cython`.

    Reading all of it takes long: the cache remembers the answer, as long as no file has another time stamp or size.
    """
    own = [*own_files(), SHIM_TEMPLATE, EMPTY_MODULE_TEMPLATE]
    found = [(path, os.stat(path)) for path in own] + sorted(_files_below(cython))
    states = [(path, state.st_size, state.st_mtime_ns, state.st_ctime_ns) for path, state in found]

    def compute() -> str:
        # The longer one first: an environment may lie in the source tree.
        roots = sorted((os.path.dirname(_TEMPLATES), cython), key=len, reverse=True)
        names = (next(path[len(root) :] for root in roots if path.startswith(root)) for path, _ in found)
        contents = (os.fsencode(name) + b"\0" + files.read(path) for name, (path, _) in zip(names, found))
        return digest(b"".join(digest(content).encode("ascii") for content in contents))

    return cache.remembered(digest(repr(states).encode("utf-8", "surrogateescape")), compute)


def _files_below(folder: str) -> list[tuple[str, os.stat_result]]:
    found = []
    folders = [folder]
    while folders:
        with os.scandir(folders.pop()) as listing:
            for entry in listing:
                if not entry.is_dir():
                    found.append((entry.path, entry.stat()))
                elif entry.name not in _OTHER_FOLDERS:
                    folders.append(entry.path)
    return found
