# SPDX-License-Identifier: BSD-3-Clause
"""The command line of people: `cython-ufunc`. That of builds is `cython_ufunc.command_line`."""

import argparse
import subprocess
import sys
from typing import Callable, Dict, NamedTuple, Sequence

import cython_ufunc
from cython_ufunc.errors import PROGRAM, UserError, did_you_mean, report
from cython_ufunc.usage import Parser


def _run_audit(arguments: Sequence[str]) -> int:
    from cython_ufunc.audit import main

    return main(arguments)


def _run_doctor(arguments: Sequence[str]) -> int:
    from cython_ufunc.doctor import main

    return main(arguments)


def _run_init(arguments: Sequence[str]) -> int:
    from cython_ufunc.commands.init import main

    return main(arguments)


def _run_vendor(arguments: Sequence[str]) -> int:
    from cython_ufunc.commands.vendor import main

    return main(arguments)


def _run_wrap(arguments: Sequence[str]) -> int:
    from cython_ufunc.commands.wrap import main

    return main(arguments)


class _Command(NamedTuple):
    run: Callable[[Sequence[str]], int]
    help: str


_COMMANDS: Dict[str, _Command] = {
    "init": _Command(_run_init, "make a new package"),
    "vendor": _Command(_run_vendor, "copy this version into a project, for CMake or Meson"),
    "wrap": _Command(_run_wrap, "write a wrap of this version into a Meson project"),
    "audit": _Command(_run_audit, "tell which NumPy built modules really need"),
    "doctor": _Command(_run_doctor, "tell what is installed, or what a built module needs"),
}


def _main_parser() -> Parser:
    commands = "".join(f"\n  {name:<8}{command.help}" for name, command in _COMMANDS.items())
    parser = Parser(
        usage=f"{PROGRAM} <command> [--help] | --version | --cmake-dir | --meson-wrap",
        description="Gets cython-ufunc into a project, with CMake or Meson.",
        epilog=f"commands:{commands}\n\nThe commands of builds are here too: transpile, probe, cache and others.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--version", action="store_true", help="print the version")
    group.add_argument("--cmake-dir", action="store_true", help="print the folder for CMake's variable CythonUfunc_DIR")
    group.add_argument("--meson-wrap", action="store_true", help="print a wrap file, for this machine alone")
    return parser


def _print_about(arguments: Sequence[str]) -> int:
    from cython_ufunc import tree

    options = _main_parser().parse_or_fail(arguments)
    if options.version:
        print(cython_ufunc.__version__)
    elif options.cmake_dir:
        print(tree.cmake_folder().as_posix())
    elif options.meson_wrap:
        from cython_ufunc.commands.wrap import wrap_of_this_machine

        print(wrap_of_this_machine(), end="")
    else:
        _main_parser().print_help()
    return 0


def _run_command_of_builds(arguments: Sequence[str]) -> int:
    """Runs the transpiler as builds do, so that Cython finds the .pxd files that it finds in builds."""
    from cython_ufunc import tree

    return subprocess.run([sys.executable, str(tree.transpiler()), *arguments]).returncode


def _run(arguments: Sequence[str]) -> int:
    from cython_ufunc.command_line import KNOWN as COMMANDS_OF_BUILDS

    name = arguments[0] if arguments else ""
    if not name or name.startswith("-"):
        return _print_about(arguments)
    if name in _COMMANDS:
        return _COMMANDS[name].run(arguments[1:])
    if name in COMMANDS_OF_BUILDS:
        return _run_command_of_builds(arguments)
    near = did_you_mean(name, [*_COMMANDS, *COMMANDS_OF_BUILDS])
    raise UserError(f"unknown command '{name}'; expected one of {', '.join(_COMMANDS)}.{near} See '{PROGRAM} --help'.")


def main(arguments: Sequence[str]) -> int:
    """Runs one command; returns its exit code. Errors of the user go to stderr as one line."""
    try:
        return _run(arguments)
    except UserError as error:
        return report(error)
