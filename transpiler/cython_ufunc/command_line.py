# SPDX-License-Identifier: BSD-3-Clause
"""The command line that CMake's functions and Meson's rules run."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, List, Optional, Sequence

import cython_ufunc
from cython_ufunc.errors import PROGRAM, UserError, did_you_mean
from cython_ufunc.parser import Parser
from cython_ufunc.step_options import SHARED_UTILITY, TRANSPILE, read_arguments_files

if TYPE_CHECKING:
    from cython_ufunc.steps.here import Made
    from cython_ufunc.steps.transpile import TranspileRequest


def _read_arguments_files(arguments: Sequence[str]) -> List[str]:
    try:
        return read_arguments_files(arguments)
    except OSError as error:
        raise UserError(f"the file of arguments cannot be read: {error}. Configure the build again.") from None


def _transpile_parser() -> Parser:
    parser = Parser(prog=f"{PROGRAM} transpile", allow_abbrev=False, description=cython_ufunc.__doc__)
    add = parser.add_argument
    add("source", type=Path, help="the .pyx or .py file")
    add("--module-name", help="qualified name; default: the file's, in the packages around it that have an __init__")
    add("--language", choices=["c", "c++"], default="c", help="what to translate to (default: c)")
    add("--language-was-read", action="store_true", help="--language is what the source said at configure time")
    add("--body", type=Path, required=True, help="output: the module's body")
    add("--shim", type=Path, help="output: the init shim; none for a module without NumPy")
    add("--header", type=Path, action="append", default=[], help="output: a header the build expects (repeatable)")
    add("--include-directory", type=Path, action="append", default=[], help="where cimport looks (repeatable)")
    add("--directive", action="append", default=[], metavar="NAME=VALUE", help="a Cython directive (repeatable)")
    add("--free-threaded", action="store_true", help="declare that the module works without the GIL")
    add(
        "--coverage",
        action="store_true",
        help="translate line tracing in; write a map of it beside the body",
    )
    add("--line-directives", action="store_true", help="write #line directives, which debuggers go by")
    add("--annotate", action="store_true", help="write an annotated HTML report beside the body")
    add("--cython-arg", action="append", default=[], help="a further argument of the cython command (repeatable)")
    add("--cython-args", default="", help="further arguments of the cython command, separated by ';'")
    add("--shared-utility", default="", metavar="NAME", help="use that shared utility module; an empty name: none")
    _add_step_options(parser)
    return parser


def _add_step_options(parser: Parser) -> None:
    """Adds the options that all steps of a build have."""
    add = parser.add_argument
    add("--limited-api", choices=["yes", "no"], help="whether the shared utility module is for the stable ABI")
    add("--depfile", type=Path, help="output: a depfile; names files as --body does, absolute or relative")
    add("--depfile-root", type=Path, help="the depfile names files below it relative to it")
    add("--stamp", type=Path, help="output: written last, and the depfile's target")
    add("--worker-directory", help="where the warm transpiler of this build listens (see worker/client.py)")
    add("--configured-for", help="ignored: has the command line differ when what it stands for does")


def _limited_api(options: argparse.Namespace) -> Optional[bool]:
    return None if options.limited_api is None else options.limited_api == "yes"


def _depfile_root(options: argparse.Namespace) -> Optional[Path]:
    root: Optional[Path] = options.depfile_root
    return root or (None if options.body.is_absolute() else Path.cwd())


def absolute(path: Path) -> Path:
    """`path` with the working directory in front, and without `..`; symbolic links stay."""
    return Path(os.path.abspath(path))


def transpile_request(arguments: Sequence[str]) -> "TranspileRequest":
    """What the arguments of the command `transpile`, without `@file`, ask for. Raises UserError for what is wrong."""
    from cython_ufunc.facts import requirements
    from cython_ufunc.outputs.coverage_map import SUFFIX as COVERAGE_MAP_SUFFIX
    from cython_ufunc.reuse import fingerprint
    from cython_ufunc.source_place import name_of_source
    from cython_ufunc.steps.transpile import TranspileRequest

    options = _transpile_parser().parse_or_fail(arguments)

    source = absolute(options.source)
    body = absolute(options.body)
    module_name = options.module_name or name_of_source(str(source))
    directives = list(options.directive)
    if options.free_threaded:
        requirements.check_free_threaded()
        directives.append("freethreading_compatible=True")
    if options.coverage:
        directives.append("linetrace=True")
    return TranspileRequest(
        source=source,
        module_name=module_name,
        language=options.language,
        body=body,
        shim=options.shim and absolute(options.shim),
        template=Path(fingerprint.SHIM_TEMPLATE),
        depfile=options.depfile and absolute(options.depfile),
        depfile_root=_depfile_root(options),
        stamp=options.stamp and absolute(options.stamp),
        headers=[absolute(header) for header in options.header],
        report=body.with_suffix(".html") if options.annotate else None,
        line_directives=options.line_directives,
        coverage_map=body.with_suffix(COVERAGE_MAP_SUFFIX) if options.coverage else None,
        include_directories=[absolute(directory) for directory in options.include_directory],
        directives=directives,
        cython_arguments=[*options.cython_arg, *filter(None, options.cython_args.split(";"))],
        shared_utility=options.shared_utility,
        limited_api=_limited_api(options),
        language_was_read=options.language_was_read,
    )


def _run_transpile(arguments: Sequence[str]) -> int:
    from cython_ufunc.steps.here import run_step
    from cython_ufunc.steps.transpile import transpile

    request = transpile_request(arguments)

    def make() -> "Optional[Made]":
        try:
            return transpile(request)
        except (UserError, OSError) as error:
            raise UserError(f"{request.source}: {error}") from None

    return 0 if run_step(TRANSPILE, arguments, make) else 1


def _run_shared_utility(arguments: Sequence[str]) -> int:
    from cython_ufunc.steps.here import run_step
    from cython_ufunc.steps.shared_utility import SharedUtilityRequest, make_shared_utility

    parser = Parser(prog=f"{PROGRAM} shared-utility", allow_abbrev=False)
    parser.add_argument("--module-name", required=True, help="its qualified name")
    parser.add_argument("--body", type=Path, required=True, help="output: the module in C")
    _add_step_options(parser)
    options = parser.parse_or_fail(arguments)
    request = SharedUtilityRequest(
        module_name=options.module_name,
        body=absolute(options.body),
        depfile=options.depfile and absolute(options.depfile),
        depfile_root=_depfile_root(options),
        stamp=options.stamp and absolute(options.stamp),
        limited_api=_limited_api(options),
    )

    def make() -> "Optional[Made]":
        try:
            return make_shared_utility(request)
        except OSError as error:
            raise UserError(f"{options.module_name}: {error}") from None

    return 0 if run_step(SHARED_UTILITY, arguments, make) else 1


def _run_stub(arguments: Sequence[str]) -> int:
    from cython_ufunc.source_place import name_of_source
    from cython_ufunc.steps.stub import StubRequest, write_stub

    parser = Parser(prog=f"{PROGRAM} stub", allow_abbrev=False)
    add = parser.add_argument
    add("source", type=Path, help="the .pyx or .py file")
    add("--output", type=Path, required=True, help="output: the type stub, a .pyi file")
    add("--module-name", help="qualified name; default: the file's, in the packages around it that have an __init__")
    add("--language", choices=["c", "c++"], default="c", help="what the source is translated to (default: c)")
    add("--include-directory", type=Path, action="append", default=[], help="where `include` looks (repeatable)")
    _add_step_options(parser)
    options = parser.parse_or_fail(arguments)
    source = absolute(options.source)
    root = options.depfile_root or (None if options.output.is_absolute() else Path.cwd())
    request = StubRequest(
        source=source,
        module_name=options.module_name or name_of_source(str(source)),
        language=options.language,
        output=absolute(options.output),
        include_directories=[absolute(directory) for directory in options.include_directory],
        depfile=options.depfile and absolute(options.depfile),
        depfile_root=root,
        stamp=options.stamp and absolute(options.stamp),
    )
    try:
        return 0 if write_stub(request) else 1
    except (UserError, OSError) as error:
        raise UserError(f"{source}: {error}") from None


def _run_template(arguments: Sequence[str]) -> int:
    from cython_ufunc.steps.template import expand_template

    parser = Parser(prog=f"{PROGRAM} template", allow_abbrev=False)
    parser.add_argument("template", type=Path, help="a Tempita template, such as fastmath.pyx.in")
    parser.add_argument("--output", type=Path, required=True, help="output: what it expands to")
    parser.add_argument(
        "--define", action="append", default=[], metavar="NAME=VALUE", help="a name that it has (repeatable)"
    )
    options = parser.parse_or_fail(arguments)
    expand_template(absolute(options.template), absolute(options.output), options.define)
    return 0


def _run_probe(arguments: Sequence[str]) -> int:
    from cython_ufunc import names
    from cython_ufunc.facts import requirements
    from cython_ufunc.facts.probe import probe, probe_numpy

    parser = Parser(prog=f"{PROGRAM} probe", allow_abbrev=False)
    add = parser.add_argument
    add(
        "--format",
        choices=["json", "lines"],
        default="json",
        help="lines: name, tab, value, for Meson, which has no JSON",
    )
    add("--numpy", action="store_true", help="tell of NumPy too, which has to be there then")
    add("--free-threaded", action="store_true", help="check that modules can be declared to work without the GIL")
    add("--stable-abi", default="", metavar="X.Y", help="check that modules can have it, and tell how")
    add("--numpy-target-version", default="", metavar="X.Y", help="check that modules can have it, and tell how")
    add("--shared-utility", default="", metavar="NAME", help="check that a shared utility module can have this name")
    add("--numpy-include", type=Path, help="where the NumPy to tell of has its headers, in a cross build")
    add("--target-system", default="", help="the operating system that a cross build is for")
    add("--target-python", default="", metavar="X.Y", help="the version of its Python")
    options = parser.parse_or_fail(arguments)
    facts = probe()
    if options.shared_utility:
        names.check_module_name(options.shared_utility)
    numpy = requirements.find_numpy(options.numpy_include, options.target_system) if options.numpy else None
    if options.free_threaded:
        requirements.check_free_threaded(numpy)
    if numpy:
        facts.update(probe_numpy(numpy, options.stable_abi, options.numpy_target_version, options.target_python))
    if options.format == "json":
        print(json.dumps(facts))
    else:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        print("\n".join(f"{name}\t{value}" for name, value in facts.items()))
    return 0


def _run_probe_target(arguments: Sequence[str]) -> int:
    from cython_ufunc.facts.target import Target, probe_target

    parser = Parser(prog=f"{PROGRAM} probe-target", allow_abbrev=False)
    add = parser.add_argument
    add("--system", required=True, help="the operating system that the build is for")
    add("--processor", default="", help="its processor")
    add(
        "--python-include", type=Path, action="append", default=[], help="a folder of its Python's headers (repeatable)"
    )
    add("--python-library", action="append", default=[], help="its Python's library (repeatable)")
    add("--extension-suffix", default="", help="what its extension modules' names seem to end in")
    add("--numpy-include", type=Path, help="where its NumPy has its headers")
    options = parser.parse_or_fail(arguments)
    target = Target(
        options.system.lower(),
        options.processor,
        options.python_include,
        options.python_library,
        options.extension_suffix,
    )
    print(json.dumps(probe_target(target, options.numpy_include)))
    return 0


def _run_check(arguments: Sequence[str]) -> int:
    from cython_ufunc.cython.arguments import check_arguments, check_directives, parse_arguments

    parser = Parser(prog=f"{PROGRAM} check", allow_abbrev=False)
    parser.add_argument("--directive", action="append", default=[])
    parser.add_argument("--cython-arg", action="append", default=[])
    parser.add_argument("--incomplete", action="store_true", help="arguments known only at build time are left out")
    options = parser.parse_or_fail(arguments)
    check_directives(options.directive)
    check_arguments(options.cython_arg)
    if not options.incomplete:
        parse_arguments(options.cython_arg, Path(__file__))  # Cython wants a source that exists
    return 0


def _run_cache(arguments: Sequence[str]) -> int:
    from cython_ufunc.reuse.store import cache_of_environment

    parser = Parser(prog=f"{PROGRAM} cache", allow_abbrev=False)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument(
        "--stats", action="store_true", help="tell what the output cache holds, and how often it helped"
    )
    action.add_argument("--clear", action="store_true", help="remove all that the output cache holds")
    options = parser.parse_or_fail(arguments)
    cache = cache_of_environment()
    if cache is None:
        raise UserError("there is no output cache: CYTHON_UFUNC_CACHE is not set. Set it to the cache's folder.")
    try:
        if options.clear:
            cache.clear()
        else:
            found = cache.statistics()
            print(f"folder  {cache.folder}")
            print("".join(f"{name:<8}{found[name]}\n" for name in ("hits", "misses", "results", "bytes")), end="")
            print(f"limit   {cache.limit}")
    except OSError as error:
        raise UserError(f"the output cache {cache.folder} cannot be used: {error}") from None
    return 0


def _run_import_test(arguments: Sequence[str]) -> int:
    from cython_ufunc.import_test import import_test

    parser = Parser(prog=f"{PROGRAM} import-test", allow_abbrev=False)
    parser.add_argument("--module", action="append", required=True, metavar="NAME=FILE", help="a built module")
    parser.add_argument("--path", action="append", type=Path, default=[], help="a folder to import from")
    parser.add_argument("--code", help="Python code to run after the import")
    parser.add_argument("--file", type=Path, help="a Python script to run after that")
    options = parser.parse_or_fail(arguments)
    if not all("=" in module for module in options.module):
        raise UserError(f"--module expects NAME=FILE, found: {', '.join(options.module)}.")
    files = dict(module.split("=", 1) for module in options.module)
    import_test({name: Path(file) for name, file in files.items()}, options.path, options.code, options.file)
    return 0


COMMANDS = {
    TRANSPILE: _run_transpile,
    SHARED_UTILITY: _run_shared_utility,
    "stub": _run_stub,
    "template": _run_template,
    "probe": _run_probe,
    "probe-target": _run_probe_target,
    "check": _run_check,
    "import-test": _run_import_test,
    "cache": _run_cache,
}


def main(arguments: Sequence[str]) -> int:
    """Runs one command; returns its exit code. Errors of the user go to stderr as one line."""
    try:
        if not arguments or arguments[0] not in COMMANDS:
            given = f"unknown command '{arguments[0]}'" if arguments else "no command"
            near = did_you_mean(arguments[0], COMMANDS) if arguments else ""
            raise UserError(f"{given}; expected one of {', '.join(sorted(COMMANDS))}.{near}")
        return COMMANDS[arguments[0]](_read_arguments_files(arguments[1:]))
    except UserError as error:
        text = str(error).replace("\n", "\\n").replace("\r", "\\r")  # a line break that the user gave
        print(f"{PROGRAM}: error: {text}", file=sys.stderr)
        return 1
