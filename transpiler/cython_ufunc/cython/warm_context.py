# SPDX-License-Identifier: BSD-3-Clause
"""Cython's record of NumPy's declarations, made once in the worker for all sources that cimport numpy.

Reading and analysing numpy's .pxd files takes Cython about as long as the rest of a usual module. What it makes of them
follows from its options, the folders it searches and the source's language level alone, so that the worker makes it
once for each of these, and the processes it forks start with it. No other module's declarations are reused: they change
while a project is being worked on.
"""

import contextlib
import io
import os
import re
from typing import Any, Dict, Hashable, NamedTuple, Optional, Set

from cython_ufunc.cython import patches
from cython_ufunc.cython.arguments import TranslationRequest, options_and_root
from cython_ufunc.cython.patches import State
from cython_ufunc.files import state_of
from cython_ufunc.reuse import lookups
from cython_ufunc.reuse.comments import STRING_OR_COMMENT
from cython_ufunc.reuse.lookups import Lookups
from cython_ufunc.source_place import source_root

# Statements that have Cython read a file, or note an include of C's.
_READS = re.compile(rb"^.*\b(?:cimport|cimports|extern|include)\b.*$", re.MULTILINE)
_OF_CYTHON = re.compile(rb"\s*(?:from\s+cython(?:\.\w+)*\s+cimport\b|cimport\s+cython(?:\.\w+)*(?:\s+as\s+\w+)?\s*$)")
_OF_NUMPY = re.compile(rb"cimport\s+numpy(?:\s+as\s+\w+)?\s*$|from\s+numpy\s+cimport\b")
_DIRECTIVE_COMMENT = re.compile(rb"#\s*cython\s*:\s*(.*)")
_LANGUAGE_LEVEL = re.compile(r"""\blanguage_level\s*=\s*["']?(\w+)""")
# Each takes some megabytes.
_MOST_CONTEXTS = 32


class WarmContext(NamedTuple):
    """A Cython Context in which numpy's declarations have been analysed."""

    context: Any
    read: Dict[str, State]
    looked_up: Lookups

    def is_current(self) -> bool:
        """False when a file it was made from has changed, or there is one now that would have been taken instead."""
        listings: Dict[str, Any] = {}
        return all(state_of(path) == state for path, state in self.read.items()) and all(
            lookups.state(kind, path, listings) == found for (kind, path), found in self.looked_up.found.items()
        )

    def use(self, read: Dict[str, State], looked_up: Lookups) -> None:
        """Makes Cython's next run start from it; records in the arguments what it was made from."""
        read.update(self.read)
        looked_up.found.update(self.looked_up.found)
        patches.start_from(self.context)


_seen: Set[Hashable] = set()
_contexts: Dict[Hashable, Optional[WarmContext]] = {}


def find(request: TranslationRequest) -> Optional[WarmContext]:
    """The context that was prepared for sources such as that of `request`, if any."""
    return _contexts.get(_key_of(request)) if _contexts else None


def prepare(request: TranslationRequest) -> bool:
    """Makes the context for sources such as that of `request`, from the second of them on. Returns True when it did.

    Leaves the state of Cython as it was, but not the working directory.
    """
    key = _key_of(request)
    if key is None or key in _contexts or len(_contexts) >= _MOST_CONTEXTS:
        return False
    if key not in _seen:
        _seen.add(key)
        return False
    _contexts[key] = None  # unless all goes well
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        made = _make(request)
    if not said.getvalue():  # what Cython says of numpy's files, each run has to say
        _contexts[key] = made
    return True


def _key_of(request: TranslationRequest) -> Optional[Hashable]:
    """All that the context follows from; None for a request that does without."""
    # Arguments of the `cython` command can be settings of its process.
    if request.arguments or request.annotate:
        return None
    try:
        text = request.source.read_bytes()
    except OSError:
        return None
    if request.source.with_suffix(".pxd").exists() or not _reads_numpy_first(text):
        return None
    # Pythran's includes come before those of numpy's declarations then, in the order in which Cython learned of them.
    if b"np_pythran" in text or any("np_pythran" in directive for directive in request.directives):
        return None
    return (
        request.source.parent,  # searched first
        source_root(str(request.source), request.module_name),
        tuple(request.include_directories),
        tuple(request.directives),
        request.cplus,
        request.shared_utility,
        request.source.suffix,
        _language_level(text),
    )


def _reads_numpy_first(text: bytes) -> bool:
    """True for a source that cimports numpy before it reads other files or has includes: C's follow in that order."""
    for statement in _READS.findall(STRING_OR_COMMENT.sub(b"", text)):
        if not _OF_CYTHON.match(statement):
            return bool(_OF_NUMPY.match(statement))
    return False


def _language_level(text: bytes) -> str:
    """The language level in the comments at the start of a source; an empty string where they have none."""
    level = ""
    for line in text.splitlines():
        if line.strip() and not line.startswith(b"#"):
            break
        comment = _DIRECTIVE_COMMENT.match(line)
        found = _LANGUAGE_LEVEL.search(comment[1].decode("utf-8", "replace")) if comment else None
        level = found[1] if found else level
    return level


def _make(request: TranslationRequest) -> WarmContext:
    """Does what Cython does at a cimport of numpy. Raises whatever goes wrong."""
    from Cython import Utils
    from Cython.Compiler import Errors, Main
    from Cython.Compiler.Scanning import FileSourceDescriptor

    options, root = options_and_root(request)
    options = Main.CompilationOptions(defaults=options)  # as Cython itself does, which finishes them
    options.configure_language_defaults(request.source.suffix[1:])
    level = _language_level(request.source.read_bytes())
    os.chdir(root)
    try:
        with patches.observed(options, root) as (read, looked_up):
            context = Main.Context.from_options(options)
            context.setup_errors(options, None)
            if level:
                context.set_language_level(level)
            elif context.language_level is None:
                context.set_language_level("3str")
            position = (FileSourceDescriptor(os.path.relpath(request.source, root)), 1, 0)
            context.find_module("numpy", pos=position)
            if Errors.get_errors_count():
                raise RuntimeError("Cython found errors")
    finally:
        Utils.clear_function_caches()  # each run is to look up files again
    return WarmContext(context, read, looked_up)
