# SPDX-License-Identifier: BSD-3-Clause
"""The commands of builds that are no steps (see step.py): what CMake's functions and Meson's rules run."""

import json
import os
import sys
from pathlib import Path
from typing import Sequence

from cython_ufunc.errors import UserError, did_you_mean, report
from cython_ufunc.step import COMMANDS as STEPS
from cython_ufunc.step import read_arguments_files
from cython_ufunc.usage import Parser


def absolute(path: Path) -> Path:
    """`path` with the working directory in front, and without `..`; symbolic links stay."""
    return Path(os.path.abspath(path))


def _run_template(arguments: Sequence[str]) -> int:
    from cython_ufunc.steps.template import expand_template

    parser = Parser("template")
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

    parser = Parser("probe")
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

    parser = Parser("probe-target")
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

    parser = Parser("check")
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

    parser = Parser("cache")
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

    parser = Parser("import-test")
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


def _run_lint_headers(arguments: Sequence[str]) -> int:
    from cython_ufunc.facts.header_lint import header_warning

    parser = Parser("lint-headers")
    parser.add_argument("folders", nargs="*", type=Path, metavar="folder", help="where NumPy's headers are")
    parser.add_argument("--release", default="", help="the release of that NumPy")
    options = parser.parse_or_fail(arguments)
    print(header_warning(options.folders, options.release))
    return 0


def _run_audit(arguments: Sequence[str]) -> int:
    from cython_ufunc.audit import main as audit

    return audit(arguments)


COMMANDS = {
    "template": _run_template,
    "probe": _run_probe,
    "probe-target": _run_probe_target,
    "check": _run_check,
    "import-test": _run_import_test,
    "lint-headers": _run_lint_headers,
    "audit": _run_audit,
    "cache": _run_cache,
}
# All commands of builds.
KNOWN = sorted([*STEPS, *COMMANDS])


def main(arguments: Sequence[str]) -> int:
    """Runs one command that is no step; returns its exit code. Errors of the user go to stderr as one line."""
    try:
        if not arguments or arguments[0] not in COMMANDS:
            given = f"unknown command '{arguments[0]}'" if arguments else "no command"
            near = did_you_mean(arguments[0], KNOWN) if arguments else ""
            raise UserError(f"{given}; expected one of {', '.join(KNOWN)}.{near}")
        return COMMANDS[arguments[0]](read_arguments_files(arguments[1:]))
    except UserError as error:
        return report(error)
