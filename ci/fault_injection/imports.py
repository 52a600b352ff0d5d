# SPDX-License-Identifier: BSD-3-Clause
"""Modules whose import is disturbed: the project import-faults, built plainly, with sanitizers, and for Valgrind."""

import re
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import List, Sequence

from common.environment import ENVIRONMENTS, ROOT, can_install, install_debian_packages, make_environment

from fault_injection.builds import MESON, NINJA, Build
from fault_injection.lab import FaultError, Lab, expect

PROJECT = ROOT / "test-projects" / "import-faults"
_SANITIZERS = "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined"
_LINE = re.compile(r"^(pass|FAIL) +[\d.]+ s  (.*?): (.*)$")


def run(lab: Lab) -> None:
    """Tries everything with plain builds of each build system."""
    for system in (NINJA, MESON):
        _try(lab, _built(lab, system, []), ["--only", "NumPy"] if lab.quick else [])


def run_sanitized(lab: Lab) -> None:
    """Tries everything with AddressSanitizer and UndefinedBehaviorSanitizer in shim, runtime, bodies and helpers."""
    if not _has_libasan():
        lab.not_tried("sanitizers", "c++ is no GCC with libasan.so")
        return
    flags = [f"-DCMAKE_{language}_FLAGS={_SANITIZERS}" for language in ("C", "CXX")]
    _try(lab, _built(lab, NINJA, flags), ["--sanitizers", *(["--only", "_multi"] if lab.quick else [])])


def run_valgrind(lab: Lab) -> None:
    """Tries some of it under Valgrind, which takes half a minute for each."""
    if not shutil.which("valgrind"):
        if not can_install():
            lab.not_tried("valgrind", "this machine has no valgrind")
            return
        install_debian_packages(["valgrind"])
    build = _built(lab, NINJA, [f"-DCMAKE_{language}_FLAGS=-O1 -g" for language in ("C", "CXX")])
    chosen = [
        "NumPy: missing",
        "NumPy: _UFUNC_API NULL",
        "situation: fork after",
        "each allocation failing: NumPy too old",
    ]
    chosen += ["NumPy: raising RuntimeError", "situation: reload", "situation: first import in many threads"]
    for words in chosen[: lab.number(quick=1, full=len(chosen))]:
        _try(lab, build, ["--valgrind", "--only", words])


def run_analysis(lab: Lab) -> None:
    """Has compilers analyse the runtime and a shim: GCC 12 knows little of C++, clang-tidy has Clang's analyzer."""
    shim = next(Path(_built(lab, NINJA, []).build).rglob("doubling_multi_init.cpp"))
    numpy = _output([str(lab.tools.python), "-c", "import numpy; print(numpy.get_include())"]).strip()
    # Relative, as in ci/lint: the headers that are C, too, are not for clang-tidy.
    include = ["-Iruntime/include", "-isystem", numpy, "-isystem", sysconfig.get_paths()["include"]]
    arguments = ["-std=c++17", *include, '-DCYTHON_UFUNC_NUMPY_VERSION="0"']
    tidy = make_environment(ENVIRONMENTS / "lint", _lint_requirements()).with_name("clang-tidy")
    # GCC 12 takes each object that a function returns by value for uninitialised; Clang's analyzer finds such errors.
    analyzer = ["-fanalyzer", "-Wno-analyzer-use-of-uninitialized-value", "-O1", "-Wall", "-Wextra", "-Werror"]
    for source in [*sorted((ROOT / "runtime" / "src").glob("*.cpp")), shim]:
        # How generated code looks does not matter.
        checks = "--checks=-*,clang-analyzer-*" if source == shim else f"--config-file={ROOT / '.clang-tidy'}"
        with lab.fault("clang-tidy", source.name):
            _output([str(tidy), "--quiet", checks, str(source), "--", *arguments])
        if shutil.which("g++"):
            with lab.fault("g++ -fanalyzer", source.name):
                _output(["g++", *analyzer, *arguments, "-c", "-o", "/dev/null", str(source)])
    if not shutil.which("g++"):
        lab.not_tried("g++ -fanalyzer", "this machine has no g++")


def _built(lab: Lab, system: str, arguments: Sequence[str]) -> Build:
    build = Build(lab, system, lab.scratch / system.replace(", ", " "), PROJECT)
    build.configure(arguments)
    build.make()
    return build


def _try(lab: Lab, build: Build, arguments: Sequence[str]) -> None:
    """Runs the project's check, each line of which is a fault."""
    command = [str(lab.tools.python), str(PROJECT / "check.py"), str(build.build), *arguments]
    output = build.run(*command, environment={"PYTHONPATH": str(build.build)}).stdout
    blocks: List[List[str]] = []
    for line in output.splitlines():
        if _LINE.match(line):
            blocks.append([])
        if blocks:
            blocks[-1].append(line)
    for block in blocks:
        outcome, fault, detail = _LINE.sub(r"\1\n\2\n\3", block[0]).split("\n")
        with lab.fault(fault, f"{detail} ({build.system})"):
            expect(outcome == "pass", "\n".join(block))
    if not blocks:
        raise FaultError(f"the check tried nothing:\n{output}")


def _has_libasan() -> bool:
    return Path(_output(["g++", "-print-file-name=libasan.so"]).strip()).is_file() if shutil.which("g++") else False


def _lint_requirements() -> List[str]:
    lines = (ROOT / "ci" / "linting" / "requirements.txt").read_text().splitlines()
    return [line for line in lines if "==" in line]


def _output(command: Sequence[str]) -> str:
    """What a command prints that runs in this source tree; raises CalledProcessError."""
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    run.check_returncode()
    return run.stdout
