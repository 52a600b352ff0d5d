# SPDX-License-Identifier: BSD-3-Clause
"""The Sphinx directive `code-map`: a list of a folder's files, each with the first sentence of what it says of itself.

    .. code-map:: runtime/src

A file says what it is in its docstring, or in the comment that follows its licence. One that says nothing is a warning,
and so is a folder with code that no page has a list of.
"""

import ast
import re
from pathlib import Path
from typing import Dict, List, Optional

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parent.parent.parent
# The folders that have to be listed, with those in them.
MAPPED = ("cmake", "meson", "runtime/src", "transpiler/cython_ufunc", "ci", "docs")
# What is a comment in each kind of file; the rest of the line is the text.
COMMENTS = {
    ".cmake": r"#(?!\[) ?(.*)",
    ".build": r"# ?(.*)",
    ".c": r"///? ?(.*)",
    ".cpp": r"///? ?(.*)",
    ".h": r"(?:///?|/?\*(?!/)) ?(.*?)(?: ?\*/)?",
    ".hpp": r"///? ?(.*)",
    ".in": r"(?://|#(?!!)|/\*) ?(.*?)(?:\*/)?",
}


def python_text(path: Path) -> str:
    """The docstring of a script or module."""
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def command_text(text: str) -> str:
    """What the manual's page in a file of CMake says first, below the function's name or the title; else empty."""
    match = re.search(r"#\[=+\[\.rst:\n(?:\.\. cmake:command:: .*|.*\n-+)\n\n((?:.+\n)+)", text)
    return match[1] if match else ""


def comment_text(path: Path) -> str:
    """The first paragraph of the comment at the beginning, after the licence."""
    lines: List[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if "SPDX-" in line or line.startswith("#!") or (not line and not lines):
            continue
        match = re.fullmatch(COMMENTS[path.suffix], line.strip())
        if not match or not match[1].strip():
            break
        lines.append(match[1])
    return "\n".join(lines)


def sentence(path: Path) -> Optional[str]:
    """The first sentence of what `path` says of itself; empty for one that says nothing, None for no code."""
    if path.suffix == ".py" or (not path.suffix and path.read_bytes().startswith(b"#!/usr/bin/env python")):
        text = python_text(path)
    elif path.suffix in COMMENTS:
        text = command_text(path.read_text(encoding="utf-8")) or comment_text(path)
    else:
        return None
    text = " ".join(text.split("\n\n")[0].split())
    return re.split(r"(?<=\.) (?=[A-Z])", text)[0].rstrip(".:")


def with_literals(text: str) -> List[nodes.Node]:
    """`text` as nodes; what stands in backquotes is literal."""
    parts = re.split(r"`+([^`]+)`+", text)
    return [nodes.literal(text=part) if place % 2 else nodes.Text(part) for place, part in enumerate(parts) if part]


class CodeMap(SphinxDirective):
    """The directive."""

    required_arguments = 1

    def run(self) -> List[nodes.Node]:
        """The list of the files in the folder that the argument names, below the repository's root."""
        folder = ROOT / self.arguments[0]
        if not folder.is_dir():
            raise self.error(f"there is no folder {folder}")
        self.env.code_map_folders = {*getattr(self.env, "code_map_folders", ()), folder}
        items = nodes.bullet_list()
        for path in sorted(folder.iterdir()):
            text = sentence(path) if path.is_file() else None
            if text is None:
                continue
            self.env.note_dependency(str(path))
            if not text:
                logger.warning("%s does not say what it is", path.relative_to(ROOT), location=self.get_location())
            name = nodes.literal(text=path.name)
            items += nodes.list_item("", nodes.paragraph("", "", name, nodes.Text(": "), *with_literals(text)))
        return [items]


def check_folders(app: Sphinx, environment: BuildEnvironment) -> None:
    """Warns of each folder with code that no page lists."""
    mapped = getattr(environment, "code_map_folders", ())
    tops = [ROOT / name for name in MAPPED]
    for folder in [*tops, *(path for top in tops for path in sorted(top.rglob("*")) if path.is_dir())]:
        if folder not in mapped and any(path.is_file() and sentence(path) for path in folder.iterdir()):
            logger.warning("no code-map of %s", folder.relative_to(ROOT))


def setup(app: Sphinx) -> Dict[str, bool]:
    """Sphinx's entry."""
    app.add_directive("code-map", CodeMap)
    app.connect("env-check-consistency", check_folders)
    return {"parallel_read_safe": False}
