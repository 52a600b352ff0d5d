# SPDX-License-Identifier: BSD-3-Clause
"""Has CMake or Meson build many sources of the suite in one build, as a user would."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, NamedTuple, Sequence

from common.environment import ROOT

from cython_suite import outcomes
from cython_suite.cases import FOLDERS, Case

# Ninja says which rule failed, by its first output; what it printed follows.
_FAILED = re.compile(
    r"^FAILED: (?:\[code=\d+\] )?(\S+)[^\n]*\n(.*?)(?=^FAILED: |^\[\d+/\d+\] |\Z)", re.MULTILINE | re.DOTALL
)


class Built(NamedTuple):
    """What became of the cases of one build."""

    refused: Dict[str, str]  # by a case's name: what the build system said when it configured
    printed: Dict[str, str]  # what a rule of the case printed that failed
    folders: Dict[str, Path]  # where the module and its body are


def _run(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        errors="replace",
    )  # fmt: skip


def _target(case: Case) -> str:
    return f"{case.folder}_{case.stem}"


def _by_name(cases: Sequence[Case], printed: str) -> Dict[str, str]:
    """What failed rules printed, by the name of the case that they belong to."""
    of: Dict[str, str] = {}
    for output, text in _FAILED.findall(printed):
        for case in cases:
            if (
                f"/{_target(case)}/" in output
                or f"/{_target(case)}.dir/" in output
                or f"{_target(case)}_body/" in output
            ):
                of[case.name] = of.get(case.name, "") + text
    return of


def build_with_cmake(cases: Sequence[Case], suite: Path, folder: Path) -> Built:
    """Builds `cases` in `folder` by add_cython_ufunc_module(). A case that CMake refuses is left out the next time."""
    shutil.rmtree(folder, ignore_errors=True)
    source, build = folder / "source", folder / "build"
    source.mkdir(parents=True)
    refused: Dict[str, str] = {}
    while True:
        left = [case for case in cases if case.name not in refused]
        lines = [
            "cmake_minimum_required(VERSION 3.21)", "project(suite LANGUAGES C CXX)",
            "find_package(Python REQUIRED COMPONENTS Interpreter Development.Module NumPy)",
            f'include("{ROOT}/cmake/CythonUfunc.cmake")',
        ]  # fmt: skip
        for case in left:
            sources = " ".join(f'"{suite / case.folder / name}"' for name in (f"{case.stem}.pyx", *case.extra_sources))
            language = "CXX" if case.cplus else "C"
            lines.append(
                f"add_cython_ufunc_module({_target(case)} {sources} MODULE_NAME {case.stem} LANGUAGE {language} "
                f'INCLUDE_DIRECTORIES "{suite / "testsupport"}")'
            )
            lines.append(f"set_target_properties({_target(case)} PROPERTIES LIBRARY_OUTPUT_DIRECTORY {_target(case)})")
        (source / "CMakeLists.txt").write_text("\n".join([*lines, ""]))
        flags = [f"-DCMAKE_{language}_FLAGS=-O0 -w" for language in ("C", "CXX")]
        configure = [
            "cmake",
            "-S",
            str(source),
            "-B",
            str(build),
            "-G",
            "Ninja",
            f"-DPython_EXECUTABLE={sys.executable}",
        ]
        configured = _run([*configure, *flags, "-DCMAKE_BUILD_TYPE="])
        if not configured.returncode:
            break
        wrong = [case for case in left if re.search(rf"\({re.escape(_target(case))}[ )]", configured.stdout)]
        if not wrong:
            sys.exit(f"ci/conformance: CMake refuses the suite:\n{configured.stdout}")
        refused.update((case.name, configured.stdout) for case in wrong)
    printed = _run(["cmake", "--build", str(build), "--", "-k", "0"]).stdout
    return Built(refused, _by_name(left, printed), {case.name: build / _target(case) for case in left})


def body_of_cmake(case: Case, folder: Path) -> Path:
    """The body that build_with_cmake() made in `folder`."""
    return folder / "build" / "cython_ufunc" / _target(case) / f"{case.stem}.{case.extension}"


def build_with_meson(cases: Sequence[Case], suite: Path, folder: Path, meson: str) -> Built:
    """Builds `cases` in `folder` with Meson's generators, each module in a folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    source, build = folder / "source", folder / "build"
    (source / "subprojects").mkdir(parents=True)
    (source / "subprojects" / "cython-ufunc").symlink_to(ROOT, target_is_directory=True)
    for name in (*FOLDERS, "testsupport"):
        shutil.copytree(suite / name, source / name)
    lines: List[str] = [
        "project('suite', 'c', 'cpp', default_options: {'optimization': '0', 'warning_level': '0'})",
        "py = import('python').find_installation(pure: false)",
        "cython_ufunc = subproject('cython-ufunc').get_variable('cython_ufunc')",
    ]
    for case in cases:
        folder_of_module = source / _target(case)
        folder_of_module.mkdir()
        extra = "".join(f"\n  '../{case.folder}/{name}'," for name in case.extra_sources)
        (folder_of_module / "meson.build").write_text(
            f"py.extension_module(\n  '{case.stem}',\n"
            f"  cython_ufunc['{case.extension}'].process('../{case.folder}/{case.stem}.pyx', extra_args: [\n"
            f"    '--module-name={case.stem}', '--include-directory={source / 'testsupport'}']),{extra}\n"
            f"  include_directories: '../{case.folder}',\n"
            "  dependencies: cython_ufunc['dependency'],\n)\n"
        )
        lines.append(f"subdir('{_target(case)}')")
    (source / "meson.build").write_text("\n".join([*lines, ""]))
    native = folder / "native.ini"
    native.write_text(f"[binaries]\npython = '{sys.executable}'\n")
    configured = _run([meson, "setup", str(build), str(source), "--native-file", str(native)])
    if configured.returncode:
        sys.exit(f"ci/conformance: Meson refuses the suite:\n{configured.stdout}")
    printed = _run(["ninja", "-C", str(build), "-k", "0"]).stdout
    failed: Dict[str, str] = {}
    for output, text in _FAILED.findall(printed):
        name = output.split("/")[0]
        case_name = next((case.name for case in cases if _target(case) == name), "")
        failed[case_name] = failed.get(case_name, "") + text
    return Built({}, failed, {case.name: build / _target(case) for case in cases})


def body_of_meson(case: Case, folder: Path) -> Path:
    """The body that build_with_meson() made in `folder`; a path of no file when there is none."""
    found = sorted((folder / "build" / _target(case)).glob(f"*.p/**/{case.stem}.{case.extension}"))
    return found[0] if found else folder / "none"


def outcome(case: Case, built: Built, suite: Path) -> str:
    """What became of a case."""
    if case.name in built.refused:
        return "the build system refuses it"
    if any(built.folders[case.name].glob(f"{case.stem}.*so")):
        return outcomes.of_module(built.folders[case.name], case, suite)
    printed = built.printed.get(case.name, "")
    errors = outcomes.reported_errors(printed)
    if "cython-ufunc: error:" in printed and "\n" not in errors:
        return "the transpiler refuses it"
    return errors if "\n" in errors else outcomes.NOT_COMPILED
