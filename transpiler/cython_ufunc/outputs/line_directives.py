# SPDX-License-Identifier: BSD-3-Clause
"""`#line` directives in a body: what debuggers find the lines of a `.pyx` by."""

import os
import re
from typing import Dict, Iterable, List

ARGUMENT = "--line-directives"

_DIRECTIVE = re.compile(rb'#line (\d+) "((?:[^"\\]|\\.)+)"$')


def complete(text: bytes, body: str, read: Iterable[str]) -> bytes:
    """The text of the file `body` with directives that debuggers can follow.

    Cython's name files relative to a folder that no debugger knows: they get the absolute paths of the files `read`.
    And none says where a function ends, so that all C code behind it would pass for lines of the source.
    """
    lines = text.split(b"\n")
    directives = {index: found for index, line in enumerate(lines) if (found := _DIRECTIVE.match(line))}
    paths = paths_by_name({_text(found[2]) for found in directives.values()}, read)
    result: List[bytes] = []
    is_of_source = False
    for index, line in enumerate(lines):
        if index in directives:
            path = paths.get(_text(directives[index][2]))
            is_of_source = True
            result.append(_directive(int(directives[index][1]), path) if path else line)
            continue
        result.append(line)
        if is_of_source and line == b"}":  # at the left margin: the end of a function
            is_of_source = False
            result.append(_directive(len(result) + 2, body))
    return b"\n".join(result)


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace")


def _directive(line: int, path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return b'#line %d "%s"' % (line, os.fsencode(escaped))


def paths_by_name(names: Iterable[str], read: Iterable[str]) -> Dict[str, str]:
    """The file that each name means; names of code that Cython has in itself are left out."""
    left = {os.path.normpath(path) for path in read}
    result: Dict[str, str] = {}
    for name in sorted(names, key=len, reverse=True):  # `units.pxi` is the end of `shared/units.pxi`, too
        ending = "/" + name.replace("\\", "/")
        matching = [path for path in left if path.replace("\\", "/").endswith(ending)]
        if matching:
            result[name] = min(matching, key=len)
            left.remove(result[name])
    return result
