# SPDX-License-Identifier: BSD-3-Clause
"""What the `cython` command is given: directives and arguments of the user's, checked, and those of a translation."""

import codecs
import contextlib
import io
import os
from pathlib import Path
from typing import Any, Dict, NamedTuple, Sequence, Tuple

from cython_ufunc.cython.version import cython_version, has_shared_utility
from cython_ufunc.errors import UserError, did_you_mean
from cython_ufunc.source_place import source_root

# Options of the `cython` command that the transpiler sets itself, or that make something else than a module.
RESERVED_OPTIONS = {
    "-o": "the build names the output",
    "--output-file": "the build names the output",
    "-t": "the build decides what is up to date",
    "--timestamps": "the build decides what is up to date",
    "--cache": "Cython would then tell of no file that it depends on; CYTHON_UFUNC_CACHE has the same effect",
    "-w": "the transpiler chooses the working directory",
    "--working": "the transpiler chooses the working directory",
    "-M": "the transpiler writes a depfile of its own",
    "--depfile": "the transpiler writes a depfile of its own",
    "-V": "it translates nothing",
    "--version": "it translates nothing",
    "-l": "it writes beside the source",
    "--create-listing": "it writes beside the source",
    "-h": "it translates nothing",
    "--help": "it translates nothing",
    "--embed": "it makes a program, not a module",
    "--embed-modules": "it makes a program, not a module",
    "--module-name": "MODULE_NAME says it",
    "-+": "LANGUAGE says it",
    "--cplus": "LANGUAGE says it",
    "--generate-shared": "it makes another module: see 'The shared utility module' in the manual",
    "--shared": "SHARED_UTILITY says it (with Meson: --shared-utility)",
}


def check_directives(assignments: Sequence[str]) -> None:
    """Raises UserError unless each of `assignments` is `<name>=<value>` with a name and a value that Cython knows."""
    from Cython.Compiler import Options

    known = [name for name in Options.get_directive_defaults() if not name.startswith("_")]
    given: Dict[str, str] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        name = name.strip()
        if not equals:
            near = "" if name in known else did_you_mean(name, known)
            raise UserError(
                f"DIRECTIVES '{assignment}' is not of the form <name>=<value>, such as boundscheck=False.{near} "
                "Give it a value, or leave it out."
            )
        if name not in known and not name.endswith(".all"):
            raise UserError(
                f"DIRECTIVES '{assignment}': Cython {cython_version()} has no directive '{name}'."
                f"{did_you_mean(name, known)} Correct the name, or leave it out."
            )
        if given.setdefault(name, assignment) != assignment:
            raise UserError(f"DIRECTIVES has both '{given[name]}' and '{assignment}'. Give {name} once.")
        try:
            Options.parse_directive_list(assignment)
            _check_text(name, value.strip())
        except ValueError as error:
            raise UserError(f"DIRECTIVES '{assignment}' is not valid: {error}. Correct it, or leave it out.") from None


def _check_text(directive: str, value: str) -> None:
    """Raises ValueError for a value of one of the directives that Cython takes any text for, and crashes on later."""
    if directive == "language_level" and value not in ("2", "3", "3str"):
        raise ValueError("language_level directive must be one of 2, 3, 3str")
    if directive == "c_string_encoding" and value not in ("", "default"):
        try:
            codecs.lookup(value)
        except (LookupError, ValueError):
            raise ValueError("c_string_encoding directive must name an encoding that Python knows") from None
    if "\n" in value or "\r" in value:
        raise ValueError("it has a line break")


def check_arguments(arguments: Sequence[str]) -> None:
    """Raises UserError when `arguments`, meant for the `cython` command, has one that the transpiler reserves."""
    for argument in arguments:
        if "\n" in argument or "\r" in argument:
            raise UserError(f"CYTHON_ARGS '{argument}' has a line break. Leave it out.")
        name = argument.split("=", 1)[0]
        if name[:2] in ("-o", "-w"):
            name = name[:2]  # the value may be joined to it
        # Cython takes long options abbreviated.
        reserved = (option for option in RESERVED_OPTIONS if option == name or (name[2:] and option.startswith(name)))
        option = next(reserved, None)
        if option:
            raise UserError(f"CYTHON_ARGS '{argument}' cannot be given: {RESERVED_OPTIONS[option]}. Leave it out.")


def parse_arguments(arguments: Sequence[str], source: Path, more: Sequence[str] = ()) -> Any:
    """Cython's CompilationOptions for the user's `arguments` and for `more`, to translate `source`.

    Raises UserError for what Cython does not take.
    """
    from Cython.Compiler.CmdLine import create_cython_argparser, parse_command_line

    check_arguments(arguments)
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            options, sources = parse_command_line([*more, *arguments, str(source)])
    except FileNotFoundError as error:
        sources = [str(error.filename)]
    except (SystemExit, ValueError) as error:
        # Its usage comes first; its complaint is the last line.
        complaint = said.getvalue().strip().split("\n")[-1].split("error: ")[-1] or str(error)
        if "at least one source" in complaint:  # taken for the value
            complaint = f"{arguments[-1]} needs a value"
        known = [option for action in create_cython_argparser()._actions for option in action.option_strings]
        near = did_you_mean(complaint.split()[-1], known) if complaint.startswith("unknown option") else ""
        raise UserError(
            f"CYTHON_ARGS '{' '.join(arguments)}': Cython {cython_version()} says: {complaint}.{near} "
            "Correct it, or leave it out."
        ) from None
    extra = [name for name in sources if name != str(source)]
    if extra:
        raise UserError(
            f"CYTHON_ARGS '{extra[0]}' is no option of Cython {cython_version()}, nor the value of one. Leave it out."
        )
    return options


class TranslationRequest(NamedTuple):
    """What to translate, and how."""

    source: Path
    module_name: str
    output: Path  # the C or C++ file; what else Cython writes is beside it
    cplus: bool
    include_directories: Sequence[Path]
    directives: Sequence[str]
    annotate: bool
    arguments: Sequence[str]  # further arguments of the `cython` command
    shared_utility: str  # the qualified name of the shared utility module, or an empty string


def options_and_root(request: TranslationRequest) -> Tuple[Any, str]:
    """Cython's CompilationOptions for `request`, and the folder that it is to run in."""
    options = _options_of(request)
    root = source_root(str(request.source), request.module_name)
    # Packages need no __init__.py for a cimport to find their .pxd files.
    options.include_path = [*(os.path.abspath(path) for path in options.include_path), root]
    return options, root


def _options_of(request: TranslationRequest) -> Any:
    """Cython's CompilationOptions for `request`, as its command line would make them."""
    check_directives(request.directives)
    arguments = ["-o", str(request.output), "--module-name", request.module_name]
    arguments += [f"-I{path}" for path in request.include_directories]
    for directive in request.directives:
        arguments += ["-X", directive]
    if request.cplus:
        arguments.append("--cplus")
    if request.annotate:
        arguments.append("--annotate")
    if request.shared_utility and has_shared_utility():
        arguments.append(f"--shared={request.shared_utility}")
    options = parse_arguments(request.arguments, request.source, arguments)
    if options.annotate is None:
        options.annotate = False  # else Cython reads an old report beside its output
    # Source lines copied into C comments would make every edit of a comment a change of the body.
    directives: Dict[str, Any] = options.compiler_directives
    needs_comments = request.annotate or options.annotate or directives.get("linetrace")
    directives.setdefault("emit_code_comments", bool(needs_comments))
    return options
