# SPDX-License-Identifier: BSD-3-Clause
"""The files that make a translation: those of this transpiler, and of Cython, which is found without importing it."""

from __future__ import annotations

import os
import sys

from cython_ufunc import files
from cython_ufunc.files import digest

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
    """The folders where Cython looks for .pxd files last: sys.path, without the transpiler's own."""
    own = os.path.dirname(_PACKAGE)
    return [os.path.abspath(entry) for entry in sys.path if os.path.realpath(entry) != own]


def cython_folder() -> str | None:
    """The package folder of this interpreter's Cython; None when it has none."""
    for finder in sys.meta_path:
        spec = finder.find_spec("Cython", None)
        if spec is not None:
            return os.path.dirname(os.path.realpath(spec.origin)) if spec.origin else None
    return None


def program_files(cython: str, template: str | None) -> list[str]:
    """What a step depends on besides its sources: this transpiler, its template, the Cython in the folder `cython`."""
    version_file = os.path.join(cython, "Shadow.py")  # it has Cython's version in it
    return [*own_files(), version_file, *([template] if template else [])]


def own_digest() -> str:
    """What stands for this transpiler."""
    return digest(b"\0".join(files.read(path) for path in [*own_files(), SHIM_TEMPLATE, EMPTY_MODULE_TEMPLATE]))


def cython_digest(cython: str, cache: OutputCache) -> str:
    """What stands for the content of the Cython in the folder `cython`.

    Reading all of it takes long: the cache remembers the answer, as long as no file has another time stamp or size.
    """
    found = sorted((path, state.st_size, state.st_mtime_ns, state.st_ctime_ns) for path, state in _files_below(cython))

    def compute() -> str:
        contents = (os.fsencode(path[len(cython) :]) + b"\0" + files.read(path) for path, *_ in found)
        return digest(b"".join(digest(content).encode("ascii") for content in contents))

    return cache.remembered(digest(repr(found).encode("utf-8", "surrogateescape")), compute)


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
