# SPDX-License-Identifier: BSD-3-Clause
"""A step of a build: the one table of its options, its command line as values, and what begins and ends it.

Most steps have nothing to do, so that importing argparse would be most of their time: this reading takes the forms that
builds write. `usage` makes argparse from the same table, for `--help`, for errors and for all other forms.
"""

from __future__ import annotations

import os

from cython_ufunc import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterable, Mapping, Sequence

TRANSPILE = "transpile"
SHARED_UTILITY = "shared-utility"
STUB = "stub"

# Kinds of options.
VALUE = "value"  # the last one counts
LIST = "list"  # each one counts
FLAG = "flag"


class Option:
    """One option: `--name=value`, `--name value`, or a flag `--name`."""

    def __init__(
        self,
        name: str,
        kind: str,
        description: str,
        metavar: str = "",
        choices: Sequence[str] = (),
        is_required: bool = False,
    ) -> None:
        self.name = name
        self.kind = kind
        self.description = description
        self.metavar = metavar
        self.choices = choices
        self.is_required = is_required

    def for_argparse(self) -> dict[str, Any]:
        """What argparse's add_argument() is given for it."""
        if self.kind == FLAG:
            return {"action": "store_true", "default": None, "help": self.description}
        return {
            "action": "append" if self.kind == LIST else "store",
            "required": self.is_required,
            "choices": self.choices or None,
            "metavar": self.metavar or None,
            "help": f"{self.description} (repeatable)" if self.kind == LIST else self.description,
        }


_SOURCE = "the .pyx or .py file"
_MODULE_NAME = Option(
    "--module-name",
    VALUE,
    "qualified name; default: the file's, in the packages around it that have an __init__",
)
_LANGUAGE = Option("--language", VALUE, "what to translate to (default: c)", choices=("c", "c++"))
_EVERY_STEP = (
    Option("--limited-api", VALUE, "whether the shared utility module is for the stable ABI", choices=("yes", "no")),
    Option("--depfile", VALUE, "output: a depfile; names files as the first output does, absolute or relative"),
    Option("--depfile-root", VALUE, "the depfile names files below it relative to it"),
    Option("--stamp", VALUE, "output: written last, and the depfile's target"),
    Option("--worker-directory", VALUE, "where the worker of this build listens"),
    Option("--configured-for", VALUE, "ignored: has the command line differ when what it stands for does"),
)


class Command:
    """What the command line of one kind of step has."""

    def __init__(self, source: str, output: str, options: Sequence[Option]) -> None:
        """`source`: what its one positional argument is; empty: none. `output`: the option that names what it makes."""
        self.source = source
        self.output = output
        self.options = {option.name: option for option in (*options, *_EVERY_STEP)}


COMMANDS = {
    TRANSPILE: Command(
        _SOURCE,
        "--body",
        (
            _MODULE_NAME,
            _LANGUAGE,
            Option("--language-was-read", FLAG, "--language is what the source said at configure time"),
            Option("--body", VALUE, "output: the module's body", is_required=True),
            Option("--shim", VALUE, "output: the init shim; none for a module without NumPy"),
            Option("--header", LIST, "output: a header the build expects"),
            Option("--include-directory", LIST, "where cimport looks"),
            Option("--directive", LIST, "a Cython directive", "NAME=VALUE"),
            Option("--free-threaded", FLAG, "declare that the module works without the GIL"),
            Option("--coverage", FLAG, "translate line tracing in; write a map of it beside the body"),
            Option("--line-directives", FLAG, "write #line directives, which debuggers go by"),
            Option("--annotate", FLAG, "write an annotated HTML report beside the body"),
            Option("--cython-arg", LIST, "a further argument of the cython command"),
            Option("--cython-args", VALUE, "further arguments of the cython command, separated by ';'"),
            Option("--shared-utility", VALUE, "use that shared utility module; an empty name: none", "NAME"),
        ),
    ),
    SHARED_UTILITY: Command(
        "",
        "--body",
        (
            Option("--module-name", VALUE, "its qualified name", is_required=True),
            Option("--body", VALUE, "output: the module in C", is_required=True),
        ),
    ),
    STUB: Command(
        _SOURCE,
        "--output",
        (
            Option("--output", VALUE, "output: the type stub, a .pyi file", is_required=True),
            _MODULE_NAME,
            _LANGUAGE,
            Option("--include-directory", LIST, "where `include` looks"),
        ),
    ),
}


class Step:
    """One step, as its command line and its working directory say. Paths are absolute texts."""

    def __init__(
        self,
        command: str,
        arguments: Sequence[str],
        source: str,
        values: Mapping[str, str],
        lists: Mapping[str, Sequence[str]],
        flags: Iterable[str],
    ) -> None:
        """`arguments`: the whole command line after the command. The others: what it gives, by the options' names."""
        self.command = command
        self.arguments = arguments
        self.language = values.get("--language", "c")
        # All that was given, by name: what else the result follows from.
        given: dict[str, object] = {"--language": self.language, **values, **lists, **dict.fromkeys(flags, "")}
        self.given = sorted(given.items())
        self.flags = set(flags)
        self.source = os.path.abspath(source) if source else ""
        output = values[COMMANDS[command].output]
        self.output = os.path.abspath(output)
        self.shim = _absolute(values.get("--shim"))
        self.depfile = _absolute(values.get("--depfile"))
        # Ninja knows a file by the name that its rule has for it.
        root = values.get("--depfile-root") or (None if os.path.isabs(output) else os.curdir)
        self.depfile_root = _absolute(root)
        self.stamp = _absolute(values.get("--stamp"))
        self.headers = [os.path.abspath(header) for header in lists.get("--header", ())]
        self.include_directories = [os.path.abspath(folder) for folder in lists.get("--include-directory", ())]
        self.directives = list(lists.get("--directive", ()))
        self.cython_arguments = [
            *lists.get("--cython-arg", ()),
            *(argument for argument in values.get("--cython-args", "").split(";") if argument),
        ]
        self.shared_utility = values.get("--shared-utility", "")
        self.limited_api = {"yes": True, "no": False}.get(values.get("--limited-api", ""))
        self.worker_directory = _absolute(values.get("--worker-directory"))
        self._module_name = values.get("--module-name", "")
        # What the ways to do the step make of it, once for all of them.
        self.memo: dict[str, Any] = {}

    @staticmethod
    def read(arguments: Sequence[str]) -> Step | None:
        """The step that a command line asks for, the files of arguments (`@file`) in it read; None for no step.

        Raises UserError for what is wrong with it, and SystemExit after the help that it asks for.
        """
        if not arguments or arguments[0] not in COMMANDS:
            return None
        command = arguments[0]
        texts = read_arguments_files(arguments[1:])
        step = _read_usual(command, texts)
        return step or _read_by_argparse(command, texts)

    @property
    def module_name(self) -> str:
        """The module's qualified name, given or as the place of its source says."""
        if not self._module_name:
            from cython_ufunc.source_place import name_of_source

            self._module_name = name_of_source(self.source)
        return self._module_name

    @property
    def record_path(self) -> str:
        """Where the record of this step is, if there is one."""
        folder, name = os.path.split(self.output)
        return os.path.join(folder, f".{name}.record")

    def begin(self) -> None:
        """Has the step count as not done: what fails or is killed from here on does not pass for up to date."""
        if self.stamp:
            files.remove_if_there(self.stamp)

    def end(self, dependencies: Iterable[str]) -> None:
        """Writes the depfile, for the stamp or else the output, and the stamp, last of all.

        Removes what killed steps left beside the output. Raises OSError where one cannot be written.
        """
        files.remove_left_behind(os.path.dirname(self.output))
        if self.depfile:
            content = files.depfile_content(self.stamp or self.output, dependencies, self.depfile_root)
            files.write_atomically(self.depfile, content)
        if self.stamp:
            files.write_atomically(self.stamp, b"")


def _absolute(path: str | None) -> str | None:
    return os.path.abspath(path) if path else None


def read_arguments_files(arguments: Sequence[str]) -> list[str]:
    """`arguments` with each `@file` replaced by the lines of that file, empty ones left out.

    Raises UserError when there is no such file.
    """
    result: list[str] = []
    for argument in arguments:
        if argument.startswith("@"):
            try:
                with open(argument[1:], encoding="utf-8", errors="surrogateescape") as file:
                    result += [line for line in file.read().split("\n") if line]
            except (OSError, ValueError) as error:
                from cython_ufunc.errors import UserError

                raise UserError(f"the file of arguments cannot be read: {error}. Configure the build again.") from None
        else:
            result.append(argument)
    return result


def _read_usual(command: str, arguments: Sequence[str]) -> Step | None:
    """The step with `arguments`; None where they have anything but the usual forms, right or wrong."""
    table = COMMANDS[command].options
    sources: list[str] = []
    values: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    flags: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-"):
            sources.append(argument)
            continue
        name, equals, value = argument.partition("=")
        option = table.get(name)
        if option is None or (option.kind == FLAG and equals):
            return None
        if option.kind == FLAG:
            flags.append(name)
            continue
        if not equals:
            value = next(rest, "-")
            if value.startswith("-"):
                return None
        if option.choices and value not in option.choices:
            return None
        if option.kind == LIST:
            lists.setdefault(name, []).append(value)
        else:
            values[name] = value
    is_complete = all(values.get(name) for name, option in table.items() if option.is_required)
    if not is_complete or len(sources) != bool(COMMANDS[command].source):
        return None
    return Step(command, arguments, sources[0] if sources else "", values, lists, flags)


def _read_by_argparse(command: str, arguments: Sequence[str]) -> Step:
    """The step with `arguments`. Raises UserError for what is wrong, SystemExit after the help that they ask for."""
    from cython_ufunc import usage

    table = COMMANDS[command].options
    options = {name: option.for_argparse() for name, option in table.items()}
    found = usage.read_step(command, COMMANDS[command].source, options, arguments)
    source = found.pop("source")
    of_kind = {kind: {n: v for n, v in found.items() if table[n].kind == kind} for kind in (VALUE, LIST, FLAG)}
    return Step(command, arguments, source, of_kind[VALUE], of_kind[LIST], of_kind[FLAG])
