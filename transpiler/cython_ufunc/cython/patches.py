# SPDX-License-Identifier: BSD-3-Clause
"""Every change that the transpiler makes to Cython, or to the standard library, while it runs.

Each function says what it is for, and which versions need it; `transpiler/tests/test_patches.py` fails when a newer
Cython makes one of them needless or wrong.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

from cython_ufunc.files import state_of
from cython_ufunc.reuse.lookups import EXISTS, VERSIONS, Lookups

# What changes when a file does; None when there is no file.
State = Optional[Tuple[int, int]]


def start_from(context: Any) -> None:
    """Makes Cython's next run use the Context `context`, in which declarations are analysed already. All versions."""
    from Cython.Compiler import Main

    def from_options(options: Any) -> Any:
        context.options = options
        context.compiler_directives = options.compiler_directives
        context.include_directories = options.include_path
        return context

    Main.Context.from_options = from_options


@contextlib.contextmanager
def observed(options: Any, root: str, ignored: Sequence[Path] = ()) -> Iterator[Tuple[Dict[str, State], Lookups]]:
    """Records what Cython opens, with its state, and what it looks up, in what is yielded.

    Within, it names sources the same in each copy of the source tree. Looks in the folders `ignored` are left out.
    """
    from Cython import Utils
    from Cython.Compiler.Scanning import FileSourceDescriptor

    original_open = Utils.open_source_file
    original_init = FileSourceDescriptor.__init__
    cython = Path(Utils.__file__).parent
    _name_sources_by_search_folders(options.include_path[:-1], root)
    opened = _record_opened_sources(root)
    try:
        with _recorded_lookups(root, [*ignored, cython]) as looked_up:
            yield opened, looked_up
    finally:
        Utils.open_source_file = original_open
        FileSourceDescriptor.__init__ = original_init


def list_folders_in_order() -> None:
    """Makes the shared utility module reproducible: Cython 3.2 takes its pieces in the order of the folder's list.

    From 3.3 on, Cython sorts them itself.
    """
    original = os.listdir
    os.listdir = lambda *arguments: sorted(original(*arguments))  # type: ignore[assignment]


def make_reproducible() -> None:
    """Has Cython write the same for the same source in each process: it goes by the order of sets, so by addresses."""
    order_types_by_definition()
    order_assignments_by_place()
    order_traced_places_by_file()


def order_types_by_definition() -> None:
    """Makes the output for fused types reproducible: Cython orders kinds of types by addresses. All versions."""
    from Cython.Compiler import PyrexTypes

    kinds = [kind for kind in vars(PyrexTypes).values() if isinstance(kind, type)]
    place = {kind: number for number, kind in enumerate(kinds)}

    def is_before(self: Any, other: Any) -> bool:
        return place.get(type(self), len(place)) < place.get(type(other), len(place))

    PyrexTypes.BaseType.__lt__ = is_before


def order_assignments_by_place() -> None:
    """Makes the inference of types reproducible, where one variable's type follows from another's in a circle.

    What is inferred first decides; Cython takes the assignments from sets of objects, by their addresses. All versions.
    """
    from Cython.Compiler.TypeInference import SimpleAssignmentTypeInferer

    original = SimpleAssignmentTypeInferer.infer_types

    def place(assignment: Any) -> Any:
        return _line_and_column(assignment.pos), _line_and_column(assignment.rhs.pos), type(assignment.rhs).__name__

    def infer_types(self: Any, scope: Any) -> Any:
        for entry in scope.entries.values():
            entry.cf_assignments.sort(key=place)
            nodes = [assignment.lhs for assignment in entry.cf_assignments]
            nodes += [reference.node for reference in entry.cf_references]
            for node in nodes:
                if node.cf_state:
                    node.cf_state.sort(key=place)
        return original(self, scope)

    SimpleAssignmentTypeInferer.infer_types = infer_types


def order_traced_places_by_file() -> None:
    """Makes the output for `profile` and `linetrace` reproducible.

    Cython numbers the places of a function. Those of one line and column in several files it takes in the order of a
    set. From 3.2 on.
    """
    from Cython.Compiler.ParseTreeTransforms import AnalyseExpressionsTransform

    original = getattr(AnalyseExpressionsTransform, "_build_positions", None)
    if original is None:
        return

    def build_positions(self: Any, function: Any) -> Any:
        # What sorts them by line and column leaves others in the order they have.
        self.positions[-1] = sorted(self.positions[-1], key=lambda place: str(place[0].get_description()))
        return original(self, function)

    AnalyseExpressionsTransform._build_positions = build_positions


def _line_and_column(position: Any) -> Tuple[int, int]:
    return (position[1], position[2]) if position else (0, 0)


def _record_opened_sources(root: str) -> Dict[str, State]:
    """Records each source, `.pxd` and included file that Cython opens, with its state, in what is returned."""
    from Cython import Utils

    utility = str(Path(Utils.__file__).parent / "Utility")
    opened: Dict[str, State] = {}
    original = Utils.open_source_file

    def open_source_file(source_filename: str, *args: Any, **kwargs: Any) -> Any:
        path = os.path.join(root, source_filename)
        if not path.startswith(utility):
            opened.setdefault(path, state_of(path))
        return original(source_filename, *args, **kwargs)

    Utils.open_source_file = open_source_file
    return opened


@contextlib.contextmanager
def _recorded_lookups(root: str, besides: Sequence[Path]) -> Iterator[Lookups]:
    """Records Cython's lookups, outside of the folders `besides`, in what is yielded."""
    from Cython import Utils

    lookups = Lookups()
    ignored = tuple(os.path.join(folder, "") for folder in besides)
    original_exists = os.path.exists
    original_find = Utils.find_versioned_file

    def exists(path: Any) -> bool:
        absolute = os.path.join(root, os.fsdecode(path))
        if not absolute.startswith(ignored):
            lookups.look(EXISTS, absolute)
        return original_exists(path)

    def find_versioned_file(directory: str, filename: str, suffix: str) -> Any:
        absolute = os.path.join(root, directory, filename + suffix)
        if not absolute.startswith(ignored):
            lookups.look(VERSIONS, absolute)
        return original_find(directory, filename, suffix)

    os.path.exists = exists
    Utils.find_versioned_file = find_versioned_file
    try:
        yield lookups
    finally:
        os.path.exists = original_exists
        Utils.find_versioned_file = original_find


def _name_sources_by_search_folders(include_directories: Sequence[str], root: str) -> None:
    """Has the output name files outside of `root`, and .pxd files on sys.path, by the folder they were found in.

    Cython names some of them by their absolute path, and some by the way from `root`: neither is the same for each copy
    of the source tree. Where it gives a .pxd the name that its module's says, such as numpy/__init__.pxd, that stays.
    """
    from Cython.Compiler.Scanning import FileSourceDescriptor

    original = FileSourceDescriptor.__init__
    inside = os.path.join(root, "")
    on_path = {os.path.join(os.path.abspath(folder), "") for folder in sys.path}
    outer = {os.path.join(folder, "") for folder in [*include_directories, *on_path]}
    prefixes = sorted((prefix for prefix in outer if not inside.startswith(prefix)), key=len, reverse=True)

    def initialise(self: Any, filename: Any, path_description: Any = None) -> None:
        original(self, filename, path_description)
        path = os.path.normpath(os.path.join(root, self.filename))
        prefix = next((prefix for prefix in prefixes if path.startswith(prefix)), None)
        by_module_name = bool(path_description) and not os.path.isabs(path_description)
        if path.startswith(inside) and not (by_module_name and prefix in on_path):
            return
        try:
            name = path[len(prefix) :] if prefix else os.path.relpath(path, root)
        except ValueError:  # another drive
            name = os.path.basename(path)
        if by_module_name:
            name = path_description
        self.path_description = self._short_path_description = self.file_path = name

    FileSourceDescriptor.__init__ = initialise


def report_errors_with_full_paths() -> None:
    """Makes Cython's messages give absolute paths: it would print them relative to a folder the user is not in."""
    from Cython.Compiler.Scanning import FileSourceDescriptor

    FileSourceDescriptor.get_error_description = lambda self: self.filename


def record_errors() -> List[Any]:
    """Records each of Cython's CompileErrors, also those that it withdraws, in what is returned."""
    from Cython.Compiler import Errors

    errors: List[Any] = []
    original = Errors.report_error

    def report_error(err: Any, *arguments: Any, **keywords: Any) -> None:
        errors.append(err)
        original(err, *arguments, **keywords)

    Errors.report_error = report_error
    return errors
