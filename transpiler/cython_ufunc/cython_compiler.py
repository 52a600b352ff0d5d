# SPDX-License-Identifier: BSD-3-Clause
"""The one place that calls Cython: it finds it, checks it, and translates one source with it."""

import codecs
import contextlib
import io
import os
import sys
import traceback
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

from cython_ufunc.errors import UserError, did_you_mean, how_to_install
from cython_ufunc.files import state_of
from cython_ufunc.lookups import EXISTS, VERSIONS, Lookups
from cython_ufunc.source_place import source_root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cython_ufunc.warm_context import WarmContext

OLDEST_CYTHON = (3, 0, 0)
# The first with `--generate-shared`.
_OLDEST_WITH_SHARED_UTILITY = (3, 2)

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


class CythonInfo(NamedTuple):
    """The Cython of this interpreter."""

    version: str
    path: Path  # its package folder


def find_cython() -> CythonInfo:
    """This interpreter's Cython. Raises UserError when it has none, or one older than OLDEST_CYTHON."""
    oldest = ".".join(map(str, OLDEST_CYTHON))
    remedy = how_to_install(f"cython>={oldest}")
    try:
        import Cython
    except ModuleNotFoundError as error:
        raise UserError(f"{sys.executable} has no Cython ({error}). {remedy}") from None
    except Exception as error:
        raise UserError(
            f"{sys.executable} has a Cython that cannot be imported ({type(error).__name__}: {error}). {remedy}"
        ) from None
    info = CythonInfo(Cython.__version__, Path(Cython.__file__).resolve().parent)
    if version_tuple(info.version) < OLDEST_CYTHON:
        raise UserError(f"Cython {info.version} at {info.path} is too old; {oldest} or newer is needed. {remedy}")
    return info


def version_tuple(version: str) -> Tuple[int, ...]:
    """The leading numbers of a version: (3, 1, 0) for `3.1.0a1`."""
    numbers: List[int] = []
    for part in version.split(".")[:3]:
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        numbers.append(int(digits))
    return tuple(numbers)


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
                f"DIRECTIVES '{assignment}': Cython {_cython_version()} has no directive '{name}'."
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
            f"CYTHON_ARGS '{' '.join(arguments)}': Cython {_cython_version()} says: {complaint}.{near} "
            "Correct it, or leave it out."
        ) from None
    extra = [name for name in sources if name != str(source)]
    if extra:
        raise UserError(
            f"CYTHON_ARGS '{extra[0]}' is no option of Cython {_cython_version()}, nor the value of one. Leave it out."
        )
    return options


def _cython_version() -> str:
    from Cython import __version__

    return str(__version__)


# What changes when a file does; None when there is no file.
State = Optional[Tuple[int, int]]


class Translation(NamedTuple):
    """What one run of Cython read: absolute paths as Cython has them, with the files' states; and looked for."""

    read: Dict[str, State]
    looked_for: Lookups

    def check_unchanged(self) -> None:
        """Raises UserError when a file has changed since Cython opened it: what is written later passes for newer."""
        for path, state in self.read.items():
            if state_of(path) != state:
                raise UserError(f"{path} changed while it was being translated. Build again.")


class TranslationRequest(NamedTuple):
    """What to translate, and how."""

    source: Path
    module_name: str
    output: Path  # the C or C++ file; what Cython writes besides lies beside it
    cplus: bool
    include_directories: Sequence[Path]
    directives: Sequence[str]
    annotate: bool
    arguments: Sequence[str]  # further arguments of the `cython` command
    shared_utility: str  # the qualified name of the shared utility module, or an empty string


def translate(request: TranslationRequest, warm: "Optional[WarmContext]" = None) -> Optional[Translation]:
    """Translates `request.source` to C or C++. Returns None when Cython found errors, which it has printed.

    `warm` is a context made for such requests; none is made without. Changes the working directory and the state of
    Cython: one call per process.
    """
    from Cython.Compiler import Main

    options, root = options_and_root(request)
    report_errors_with_full_paths()
    order_types_by_definition()
    os.chdir(root)
    try:
        with observed(options, root, [request.output.parent]) as (opened, looked_for):
            source = os.path.relpath(request.source, root)
            if warm and warm.is_current():
                warm.use(opened, looked_for)
            result = Main.compile(source, options, full_module_name=request.module_name)
    except MemoryError:
        raise UserError("memory ran out while Cython translated it. Build with fewer jobs.") from None
    except Exception as error:  # Cython reports errors of the source itself
        traceback.print_exc()
        raise UserError(
            f"Cython {_cython_version()} crashed on it with {type(error).__name__}: {error}. The above says where; "
            "change the source, or try another Cython."
        ) from None
    if result.num_errors:
        return None
    translation = Translation(opened, looked_for)
    translation.check_unchanged()
    return translation


def options_and_root(request: TranslationRequest) -> Tuple[Any, str]:
    """Cython's CompilationOptions for `request`, and the folder that it is to run in."""
    options = _options_of(request)
    root = source_root(str(request.source), request.module_name)
    # Packages need no __init__.py for a cimport to find their .pxd files.
    options.include_path = [*(os.path.abspath(path) for path in options.include_path), root]
    return options, root


@contextlib.contextmanager
def observed(options: Any, root: str, ignored: Sequence[Path] = ()) -> Iterator[Tuple[Dict[str, State], Lookups]]:
    """Has Cython note what it opens, with its state, and what it looks for, in what is yielded.

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
        with _recorded_lookups(root, [*ignored, cython]) as looked_for:
            yield opened, looked_for
    finally:
        Utils.open_source_file = original_open
        FileSourceDescriptor.__init__ = original_init


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
        options.annotate = False  # else Cython looks for an old report beside its output
    # Source lines copied into C comments would make every edit of a comment a change of the body.
    directives: Dict[str, Any] = options.compiler_directives
    needs_comments = request.annotate or options.annotate or directives.get("linetrace")
    directives.setdefault("emit_code_comments", bool(needs_comments))
    return options


def has_shared_utility() -> bool:
    """True when this interpreter's Cython can put its utility code into a module that others share."""
    return version_tuple(find_cython().version) >= _OLDEST_WITH_SHARED_UTILITY


def translate_shared_utility(module_name: str, output: Path) -> bool:
    """Writes the shared utility module `module_name` to `output`, as C that is valid C++ too.

    The file has to be named after the module's last component. Returns False when Cython found errors, which it has
    printed. Changes the working directory and the state of Cython: one call per process.
    """
    from Cython.Build.SharedModule import generate_shared_module
    from Cython.Compiler import Errors
    from Cython.Compiler.CmdLine import parse_command_line

    # Cython 3.3 sets the directive by itself. Without it, importing the module would bring the GIL back.
    arguments = ["--generate-shared", output.name, "--module-name", module_name, "-X", "freethreading_compatible=True"]
    options, _ = parse_command_line(arguments)
    options.compiler_directives["emit_code_comments"] = False
    os.chdir(output.parent)
    _list_folders_in_order()
    generate_shared_module(options)
    return bool(Errors.get_errors_count() == 0 and output.is_file())


def _list_folders_in_order() -> None:
    """Makes the output of Cython 3.2 reproducible: it takes the pieces in the order in which the folder lists them."""
    original = os.listdir
    os.listdir = lambda *arguments: sorted(original(*arguments))  # type: ignore[assignment]


def order_types_by_definition() -> None:
    """Makes the output for fused types reproducible: Cython orders kinds of types by their classes' addresses."""
    from Cython.Compiler import PyrexTypes

    kinds = [kind for kind in vars(PyrexTypes).values() if isinstance(kind, type)]
    place = {kind: number for number, kind in enumerate(kinds)}

    def is_before(self: Any, other: Any) -> bool:
        return place.get(type(self), len(place)) < place.get(type(other), len(place))

    PyrexTypes.BaseType.__lt__ = is_before


def _record_opened_sources(root: str) -> Dict[str, State]:
    """Has Cython note each source, `.pxd` and included file that it opens, with its state, in what is returned."""
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
    """Has what Cython looks for, outside of the folders `besides`, noted in what is yielded."""
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
    of the source tree. Where it gives a .pxd the name that its module's says, such as numpy/__init__.pxd, that is kept.
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
    """Has Cython's messages give absolute paths: it would print them relative to a folder the user is not in."""
    from Cython.Compiler.Scanning import FileSourceDescriptor

    FileSourceDescriptor.get_error_description = lambda self: self.filename


def record_errors() -> List[Any]:
    """Has Cython note each of its CompileErrors, also those that it takes back, in what is returned."""
    from Cython.Compiler import Errors

    errors: List[Any] = []
    original = Errors.report_error

    def report_error(err: Any, *arguments: Any, **keywords: Any) -> None:
        errors.append(err)
        original(err, *arguments, **keywords)

    Errors.report_error = report_error
    return errors


def needs_cplusplus(errors: Sequence[Any], translation: Optional[Translation]) -> bool:
    """True when translating to C++ would do what translating to C did not, by Cython's errors and by what it read.

    Each file of Cython's libcpp has the body include a header of C++, whether something of it is used or not.
    """
    from Cython import Utils

    libcpp = Path(Utils.__file__).parent / "Includes" / "libcpp"
    if any(error.reported and "only allowed in c++" in error.message_only for error in errors):
        return True
    places = [error.position[0] for error in errors if error.position]
    read = list(translation.read) if translation else [str(getattr(place, "filename", "")) for place in places]
    return any(Path(path).parent == libcpp and Path(path).stem != "__init__" for path in read)
