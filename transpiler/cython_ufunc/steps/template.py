# SPDX-License-Identifier: BSD-3-Clause
"""The step that expands a Tempita template, such as `fastmath.pyx.in`, by the Tempita that comes with Cython."""

import re
from pathlib import Path
from typing import Sequence

from cython_ufunc import files
from cython_ufunc.cython.version import find_cython
from cython_ufunc.errors import UserError

_PLACE = re.compile(r" at line (\d+) column (\d+)(?: in (?:file )?.*)?$", re.DOTALL)


def expand_template(template: Path, output: Path, definitions: Sequence[str]) -> None:
    """Writes what `template` expands to. Raises UserError, with the place in the template, for what is wrong in it.

    definitions: `<name>=<value>`, names that the template has as strings.
    """
    find_cython()
    from Cython.Tempita import Template

    names = {}
    for definition in definitions:
        name, equals, value = definition.partition("=")
        if not equals or not name.isidentifier():
            raise UserError(f"DEFINE '{definition}' is not of the form <name>=<value>, such as WIDTH=8. Correct it.")
        names[name] = value
    try:
        text = template.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{template}: the template cannot be read: {error}.") from None
    try:
        expanded = Template(text, name=str(template)).substitute(names)
    except Exception as error:  # a template has code of any kind in it
        message = str(error.args[0]) if error.args and type(error).__name__ != "TemplateError" else str(error)
        place = _PLACE.search(message)
        where = f"{template}:{place[1]}:{place[2]}" if place else str(template)
        raise UserError(
            f"{where}: the template cannot be expanded: {type(error).__name__}: {_PLACE.sub('', message)}"
        ) from None
    output.parent.mkdir(parents=True, exist_ok=True)
    files.write_atomically(output, expanded.encode("utf-8"))
