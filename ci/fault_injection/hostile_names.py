# SPDX-License-Identifier: BSD-3-Clause
"""Names and values that mean something to a shell, to CMake, Make, Ninja or Meson.

A module of such a name is built right, or refused with an error that says what to change. No part of a name
is ever run as a command, and nothing is written outside of the build directory. test-projects/names tries names of the
source and the build directories.
"""

import os
import re
import subprocess
from pathlib import Path
from typing import Dict, List

from common.environment import ROOT
from compatibility.build import make_cmake_package

from fault_injection.builds import MAKEFILES, MESON, NINJA, SYSTEMS
from fault_injection.lab import Lab, expect, expect_kept

_CANARY = "CANARY"
_NAMES = {
    "command substitution": f"a$(touch {_CANARY})",
    "line break": "a\nb",
    "no UTF-8": os.fsdecode(b"caf\xe9"),
    "backslash": "a\\b",
    "backquotes": f"a`touch {_CANARY}`",
    "and": f"a&touch {_CANARY}&",
    "pipe": f"a|touch {_CANARY}",
    "semicolon": f"a;touch {_CANARY}",
    "space": "a b",
    "apostrophe": "it's",
    "quotation mark": 'a"b',
    "per cent": "a%b",
    "hash": "a#b",
    "leading dash": "-rf",
    "leading dots": "..a",
    "leading at": "@a",
    "200 characters": "x" * 200,
    "variable of CMake": "${HOME}",
    "variable of a template": "@HOME@",
    "generator expression": "$<1:x>",
    "carriage return": "a\rb",
    "tab": "a\tb",
    "pattern": "a*?[b]",
    "angle brackets": "a<b>c",
    "colon and equal sign": "a:b=c",
}
_NAMES_IN_QUICK_RUNS = 3
# Meson writes these wrongly into build.ninja, and asks nothing of ours before Ninja stops.
_NOT_WITH_MESON = ("backslash", "pipe", "carriage return")
# Where a name stands: by the place, the source's path below the source directory, the module's name, and the keyword of
# CMake and the option of the transpiler that have it. {} is the name.
_FILE, _MODULE, _INCLUDED = "the name of a file", "a module's name", "the name of an include directory"
_PLACES = {
    _FILE: ("{}.pyx", "hostile", "", ""),
    "the name of a folder": ("{}/hostile.pyx", "hostile", "", ""),
    _MODULE: ("hostile.pyx", "{}", "", ""),
    _INCLUDED: ("hostile.pyx", "hostile", "INCLUDE_DIRECTORIES", "--include-directory="),
    "a directive": ("hostile.pyx", "hostile", "DIRECTIVES", "--directive="),
    "the value of a directive": ("hostile.pyx", "hostile", "DIRECTIVES language_level=", "--directive=language_level="),
    "an argument of Cython": ("hostile.pyx", "hostile", "CYTHON_ARGS", "--cython-arg="),
}
_PLACES_IN_QUICK_RUNS = (_FILE, _MODULE)
_SOURCE = "# cython: language_level=3\n{include}def answer():\n    return {answer}\n"
_CMAKE = """cmake_minimum_required(VERSION 3.21)
project(hostile LANGUAGES C)
find_package(CythonUfunc 0.1 REQUIRED)
add_cython_ufunc_module(hostile [==[{source}]==] MODULE_NAME [==[{module}]==] NO_NUMPY {keyword})
"""
_MESON = """project('hostile', 'c', meson_version: '>=1.4.0')
py = import('python').find_installation(pure: false)
subproject_of_ours = subproject('cython-ufunc', default_options: {{'numpy': false}})
rule = subproject_of_ours.get_variable('cython_ufunc')['c_no_numpy']
py.extension_module('hostile', rule.process('{source}', extra_args: ['--module-name={module}', {option}]))
"""
# How a refusal that is not ours says so.
_OF_MESON = ("ERROR: Ninja does not support newlines", "failed to parse as unicode", "not permitted", "ERROR: ")


def run(lab: Lab) -> None:
    """Tries each name with each build system at each place; in a quick run, a few with Ninja."""
    systems = [NINJA] if lab.quick else SYSTEMS
    names = dict(list(_NAMES.items())[:_NAMES_IN_QUICK_RUNS]) if lab.quick else _NAMES
    number = 0
    for system in systems:
        for what, name in names.items():
            for place in _PLACES_IN_QUICK_RUNS if lab.quick else _PLACES:
                number += 1
                if system == MESON and what in _NOT_WITH_MESON:
                    lab.not_tried(f"{what} in {place}, Meson", "Ninja stops: Meson writes it wrongly")
                    continue
                with lab.fault(f"{what} in {place}", f"({system})"):
                    _Trial(lab, system, lab.scratch / str(number), place, name).run()


class _Trial:
    """One project with that name at one place."""

    def __init__(self, lab: Lab, system: str, folder: Path, place: str, name: str) -> None:
        self.lab = lab
        self.system = system
        self.folder = folder
        self.source = folder / "source"
        self.build = folder / "build"
        path, module, keyword, option = _PLACES[place]
        self.module = module.format(name)
        self.path = self.source / path.format(name)
        self.path.parent.mkdir(parents=True)
        self.include = ""
        if place == _INCLUDED:
            self.include = 'include "nothing.pxi"\n'
            (self.source / name).mkdir()
            (self.source / name / "nothing.pxi").write_text("")
        self._write(42)
        if system == MESON:
            value = str(self.source / name) if place == _INCLUDED else name
            self._configure = self._write_meson(path.format(name), option and option + value)
        else:
            keyword, _, beginning = keyword.partition(" ")
            self._configure = self._write_cmake(path.format(name), keyword and f"{keyword} [==[{beginning}{name}]==]")

    def _write(self, answer: int) -> None:
        self.path.write_text(_SOURCE.format(include=self.include, answer=answer))

    def _write_cmake(self, source: str, keyword: str) -> List[str]:
        text = _CMAKE.format(source=source, module=self.module, keyword=keyword)
        (self.source / "CMakeLists.txt").write_bytes(os.fsencode(text))
        package = make_cmake_package(self.folder / "package")
        generator = "Unix Makefiles" if self.system == MAKEFILES else "Ninja"
        command = ["cmake", "-S", str(self.source), "-B", str(self.build), "-G", generator, "-DCMAKE_C_FLAGS=-O0"]
        return [*command, f"-DPython_EXECUTABLE={self.lab.tools.python}", f"-DCythonUfunc_DIR={package}"]

    def _write_meson(self, source: str, option: str) -> List[str]:
        (self.source / "subprojects").mkdir()
        (self.source / "subprojects" / "cython-ufunc").symlink_to(ROOT)
        source, module, option = (
            text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
            for text in (source, self.module, option)
        )
        text = _MESON.format(source=source, module=module, option=option and f"'{option}'")
        (self.source / "meson.build").write_bytes(os.fsencode(text))
        native = self.folder / "native.ini"
        native.write_text(f"[binaries]\npython = '{self.lab.tools.python}'\n")
        return [str(self.lab.tools.meson), "setup", "--native-file", str(native), str(self.build), str(self.source)]

    def _run(self, command: List[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=600,
        )

    def run(self) -> None:
        """Raises unless the name is built right or refused."""
        before = self._own_files()
        configured = self._run(self._configure)
        if configured.returncode:
            self._expect_refused(configured.stdout)
        else:
            self._build(configured.stdout)
        expect_kept(self._own_files() == before, "the source tree changed")
        expect(not list(self.folder.rglob(f"{_CANARY}*")), "a part of the name was run as a command")
        known = {"source", "build", "package", "native.ini"}
        expect(
            {path.name for path in self.folder.iterdir()} <= known, "something was written beside the build directory"
        )

    def _own_files(self) -> Dict[str, bytes]:
        found = (path for path in self.source.rglob("*") if path.is_file() and path.name != ".wraplock")  # Meson's
        return {str(path): path.read_bytes() for path in found}

    def _expect_refused(self, output: str) -> None:
        said = " ".join(output.split())
        ours = "Rename it" in said or "add_cython_ufunc_module(hostile):" in said
        ours = ours or bool(
            re.search(r"cython-ufunc: error: .*(Correct it|Give |Name |Rename it|[Ll]eave it out)", said)
        )
        of_meson = self.system == MESON and any(text in said for text in _OF_MESON)
        expect(ours or of_meson, f"it was refused, but not clearly:\n{output[-2000:]}")

    def _build(self, configured: str) -> None:
        command = ["make" if self.system == MAKEFILES else "ninja", "-C", str(self.build)]
        built = self._run(command)
        if built.returncode:
            expect("cython-ufunc: error: " in built.stdout, f"it failed:\n{built.stdout[-2000:]}")
            self._expect_refused(built.stdout)
            return
        self._expect_answer(42)
        again = self._run(command).stdout
        if any(word in again for word in ("Building", "Generating", "Transpiling")):
            # Ninja before 1.13 cannot read all names in depfiles. With CMake there is a warning.
            expect(self.system != MAKEFILES, f"made again each time:\n{again}")
            expect(self.system == MESON or "has a name with" in " ".join(configured.split()), "made again each time")
        self._write(43)
        self._run(command)
        self._expect_answer(43)
        self._write(42)

    def _expect_answer(self, answer: int) -> None:
        code = (
            "import importlib, sys; sys.path.insert(0, sys.argv[1]); "
            "print(importlib.import_module(sys.argv[2]).answer())"
        )
        printed = self._run([str(self.lab.tools.python), "-c", code, str(self.build), self.module]).stdout
        expect(printed == f"{answer}\n", f"the module does not work: {printed}")
