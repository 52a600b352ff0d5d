# SPDX-License-Identifier: BSD-3-Clause
"""Which lines of which sources a body traces: what coverage_plugin needs of a module, in a file beside the body.

A frame of a Cython module names its source by the name that Cython wrote into the body, and nothing leads from there to
the file once the body is in another folder.
"""

import json
import os
import re
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Tuple

from cython_ufunc import files
from cython_ufunc.outputs.line_directives import paths_by_name

# To be changed with what a map looks like.
FORMAT = 1
SUFFIX = ".cython_coverage.json"

_FILE_TABLE = re.compile(r"^static const char ?\*\s*(?:const )?__pyx_f\[\] = \{\n(.*?)^\};", re.MULTILINE | re.DOTALL)
_STRING = re.compile(r'^\s*"((?:[^"\\]|\\.)*)",?$', re.MULTILINE)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
# A traced line, or where the code at module level begins, which comes last.
_EVENT = re.compile(
    r"__Pyx_TraceLine\((\d+),.*?__PYX_ERR\((\d+), |^static .*\b__pyx_pymod_exec_\w+\(PyObject \*__pyx_pyinit_module\)",
    re.MULTILINE,
)

# Where the compiler's command line has none of its own. Python's monitoring interface is left out: the tracer that
# coverage has for plugins does not listen to it.
_MACROS = b"""\
#ifndef CYTHON_TRACE
#define CYTHON_TRACE 1
#endif
#ifndef CYTHON_TRACE_NOGIL
#define CYTHON_TRACE_NOGIL 1
#endif
#ifndef CYTHON_USE_SYS_MONITORING
#define CYTHON_USE_SYS_MONITORING 0
#endif
#ifdef Py_LIMITED_API
#error "coverage needs more than the stable ABI: compile this without Py_LIMITED_API, or without coverage"
#endif
"""


def add_macros(text: bytes) -> bytes:
    """Cython's `text` with the macros that compile line tracing in. Line 1, Cython's banner, stays first."""
    banner, newline, rest = text.partition(b"\n")
    return banner + newline + _MACROS + rest


def make_map(text: bytes, module_name: str, source: str, read: Iterable[str]) -> bytes:
    """The map of the module that Cython made `text` from: JSON.

    source: absolute path of the module's source. read: those of the files that Cython opened, and of that one.
    """
    body = text.decode("utf-8", "replace")
    names = _file_names(body)
    functions, module = _traced_lines(body)
    paths = paths_by_name(names, [source, *read])
    sources: Dict[str, Any] = {}
    for index, name in enumerate(names):
        if name not in paths:
            continue
        is_source = paths[name] == os.path.normpath(source)
        sources[name] = {
            "path": paths[name],
            "function_lines": sorted(functions.get(index, ())),
            # All code at module level is traced under the name of the module's own source.
            "module_lines": sorted(_with_code(module.get(index, ()), source)) if is_source else [],
        }
    found = {"format": FORMAT, "module": module_name, "sources": sources}
    return json.dumps(found, indent=1, sort_keys=True).encode("utf-8") + b"\n"


def _file_names(body: str) -> List[str]:
    """The names of the sources, as frames have them, in the order of the body's table."""
    table = _FILE_TABLE.search(body)
    return [_unescape(string) for string in _STRING.findall(table[1])] if table else []


def _unescape(string: str) -> str:
    def character(match: "re.Match[bytes]") -> bytes:
        return bytes([int(match[1], 8)]) if len(match[1]) == 3 else match[1]

    return _ESCAPE.sub(character, string.encode("utf-8")).decode("utf-8", "surrogateescape")


def _traced_lines(body: str) -> Tuple[Mapping[int, "set[int]"], Mapping[int, "set[int]"]]:
    """The traced lines in functions, and those at module level, by their file's place in the table."""
    functions: Dict[int, set[int]] = {}
    module: Dict[int, set[int]] = {}
    current = functions
    for event in _EVENT.finditer(body):
        if event[1]:
            current.setdefault(int(event[2]), set()).add(int(event[1]))
        else:
            current = module
    return functions, module


def _with_code(lines: Iterable[int], source: str) -> Iterator[int]:
    """Those of `lines` that are more than a comment: the module's own end is traced as line 1."""
    texts = files.read(source).split(b"\n")
    return (line for line in lines if texts[line - 1].split(b"#")[0].strip())
