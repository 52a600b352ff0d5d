# SPDX-License-Identifier: BSD-3-Clause
"""Configures this folder's project with one mistake in it, and checks that CMake gives one clear error.

The mistake is a file `cases/<case>.cmake`, what a user would have written. Comments at its start say what is expected:

    # EXPECT: <regex>        found in the error, with all white space in it made one space (repeatable)
    # NO ERROR               instead of EXPECT: the call is right
    # WARNING                the error is a warning
    # BUILD                  the error comes when the project is built; configuring it succeeds
    # AT END                          the error comes when the whole project was read, so that no line of the case is named
    # LANGUAGES: <language> ...       default: C CXX
    # FIND_PYTHON: <package> ...      arguments of find_package(); default: it is not called
    # INTERPRETER: bare               a Python with no packages
    # PYTHONPATH: <folder> ...        below fakes/, packages that say of themselves what a case needs
    # DEFINE: <name>=<value>          a CMake variable (repeatable)
    # WITHOUT_PRIVILEGES              file permissions hold even for root
    # NEEDS: <python|cython|numpy|cmake> <comparison> <version>, <why>      else the test is skipped

Each error's text and the line of cmake/ it comes from are noted in a folder, for check_complete.py.

Usage: run_case.py <case> <folder> -- cmake <arguments of cmake>
"""

import json
import operator
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Dict, List, NamedTuple, NoReturn

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77
COMPARISONS = {"<": operator.lt, ">=": operator.ge}
PREFIXES = (
    "add_cython_ufunc_module(",
    "add_cython_shared_utility(",
    "cython_ufunc_transpile(",
    "cython_ufunc_add_audit_test(",
    "cython_ufunc_add_import_test(",
    "cython_ufunc_expand_templates(",
    "CythonUfunc: ",
)


class ErrorMessage(NamedTuple):
    """One message(FATAL_ERROR), or WARNING, as CMake prints it."""

    text: str  # white space made one space
    frames: List[str]  # `<file>:<line> (<command>)`, innermost first: that of message()


def errors_of(output: str, kind: str) -> List[ErrorMessage]:
    """The messages of `kind`, Error or Warning, in what CMake printed."""
    result = []
    for block in re.split(r"^(?=CMake (?:Error|Warning))", output, flags=re.MULTILINE):
        match = re.match(rf"CMake {kind} at (.*?:\d+ \(\w+\)):\n(.*?)Call Stack[^\n]*\n(.*?)\n\n", block, re.DOTALL)
        if match:
            frames = [match[1], *(line.strip() for line in match[3].split("\n"))]
            result.append(ErrorMessage(" ".join(match[2].split()), frames))
    return result


def fail(problem: str, output: str) -> NoReturn:
    """Ends the test."""
    sys.exit(f"{output}\n---\n{problem}")


def headers_of(case: Path) -> Dict[str, List[str]]:
    """The settings in the comments at the start of `case`."""
    result: Dict[str, List[str]] = {}
    for line in case.read_text(encoding="utf-8").split("\n"):
        match = re.match(r"# (NO ERROR|AT END|[A-Z_0-9]+)(?:: (.*))?$", line)
        if not match:
            break
        result.setdefault(match[1], []).append(match[2] or "")
    return result


def version_of(tool: str, cmake: str, python: str) -> str:
    """The version of `tool`, one of those NEEDS can name."""
    commands = {
        "cmake": [cmake, "--version"],
        "python": [python, "-c", "import platform; print(platform.python_version())"],
        "cython": [python, "-c", "import Cython; print(Cython.__version__)"],
        "numpy": [python, "-c", "import numpy; print(numpy.__version__)"],
    }
    output = subprocess.run(commands[tool], stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout
    return str(re.findall(r"\d+(?:\.\d+)*", output)[0])


def numbers(version: str) -> List[int]:
    """A version that compares as versions do."""
    return [int(part) for part in version.split(".")]


def skip(reason: str, note: Path) -> NoReturn:
    """Ends the test as skipped."""
    note.write_text(json.dumps({"skipped": note.stem}), encoding="utf-8")
    print(f"Skipped: {reason}.")
    sys.exit(SKIPPED)


def skip_unless(needs: List[str], cmake: str, python: str, note: Path) -> None:
    """Ends the test as skipped, with the reason, where one of `needs` does not hold."""
    for need in needs:
        tool, comparison, version, why = need.replace(",", "").split(" ", 3)
        found = version_of(tool, cmake, python)
        if not COMPARISONS[comparison](numbers(found), numbers(version)):
            skip(f"needs {tool} {comparison} {version} ({why}); found {found}", note)


def without_privileges(note: Path) -> List[str]:
    """A command in front of others that has file permissions hold for them; ends the test as skipped without one."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if not setpriv:
        skip("root can read everything, and there is no setpriv to take that away", note)
    capabilities = "-dac_override,-dac_read_search"
    return [setpriv, f"--bounding-set={capabilities}", f"--inh-caps={capabilities}"]


def bare_interpreter(folder: Path) -> str:
    """A Python with no packages, made in `folder`."""
    venv.create(folder, with_pip=False, symlinks=True)
    return str(folder / "bin" / "python")


def copy_configured(template: Path, build_dir: Path, with_python: bool) -> None:
    """Makes `build_dir` a copy of the build directory `template`: spares finding the compilers, and Python, again."""
    shutil.copytree(template / "CMakeFiles", build_dir / "CMakeFiles")
    cache = (template / "CMakeCache.txt").read_text(encoding="utf-8").replace(str(template), str(build_dir))
    if not with_python:
        cache = re.sub(r"^(//.*|[^:\n]*Python[^:\n]*:.*)$", "", cache, flags=re.MULTILINE)
    (build_dir / "CMakeCache.txt").write_text(cache, encoding="utf-8")


def main(case: str, folder: Path, cmake_command: List[str]) -> None:
    path = HERE / "cases" / f"{case}.cmake"
    headers = headers_of(path)
    if not ("EXPECT" in headers) ^ ("NO ERROR" in headers):
        sys.exit(f"{path} says neither EXPECT nor NO ERROR, or both")
    python = next(argument.split("=", 1)[1] for argument in cmake_command if argument.startswith("-DPython_EXECUTABLE"))
    build_dir = folder / case
    shutil.rmtree(build_dir, ignore_errors=True)
    build_dir.mkdir(parents=True)
    messages = folder / "messages"
    if case == "nothing-wrong":  # the first to run
        shutil.rmtree(messages, ignore_errors=True)
    messages.mkdir(exist_ok=True)
    note = messages / f"{case}.json"
    skip_unless(headers.get("NEEDS", []), cmake_command[0], python, note)
    environment = {**os.environ, "LC_ALL": "C"}
    prefix: List[str] = []
    arguments = [f"-DCASE={case}", "-DLANGUAGES=" + headers.get("LANGUAGES", ["C CXX"])[0].replace(" ", ";")]
    arguments += ["-DFIND_PYTHON=" + headers.get("FIND_PYTHON", ["NO"])[0].replace(" ", ";")]
    if "Python3" in headers.get("FIND_PYTHON", [""])[0]:
        arguments.append(f"-DPython3_EXECUTABLE={python}")
    arguments += [f"-D{definition}" for definition in headers.get("DEFINE", [])]
    if "PYTHONPATH" in headers:
        folders = [str(HERE / "fakes" / name) for name in headers["PYTHONPATH"][0].split()]
        environment["PYTHONPATH"] = os.pathsep.join(folders)
    if "INTERPRETER" in headers:
        assert headers["INTERPRETER"] == ["bare"]
        arguments.append("-DPython_EXECUTABLE=" + bare_interpreter(folder / "bare python"))
    if "WITHOUT_PRIVILEGES" in headers:
        prefix = without_privileges(note)
    if not {"LANGUAGES", "NO ERROR"} & set(headers):
        other_python = {"FIND_PYTHON", "INTERPRETER", "PYTHONPATH"} & set(headers)
        copy_configured(folder / "nothing-wrong", build_dir, with_python=not other_python)

    def run(command: List[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*prefix, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env=environment
        )

    configured = run([*cmake_command, "-S", str(HERE), "-B", str(build_dir), *arguments])
    output = configured.stdout
    kind = "Warning" if "WARNING" in headers else "Error"
    errors = errors_of(output, kind)
    if output.count("CMake Error") + output.count("CMake Warning") != len(errors):
        fail("there is more than the error", output)
    if "NO ERROR" in headers or "BUILD" in headers:
        if configured.returncode:
            fail("it cannot be configured", output)
        if "NO ERROR" in headers:
            return
        built = run([cmake_command[0], "--build", str(build_dir)])
        output = built.stdout
        if not built.returncode:
            fail("the build succeeds", output)
        text = " ".join(output.split())
        note.write_text(json.dumps({"text": text, "site": ""}), encoding="utf-8")
    else:
        if (configured.returncode == 0) != (kind == "Warning") or len(errors) != 1:
            fail(f"{len(errors)} errors, not one", output)
        error = errors[0]
        text = error.text
        if not text.startswith(PREFIXES):
            fail("the error does not start with the call", output)
        if "AT END" not in headers and not any(f"cases/{case}.cmake:" in frame for frame in error.frames):
            fail("the error does not name the line of the call", output)
        # The functions fail through one of their own.
        site = next(frame for frame in error.frames if "errors.cmake:" not in frame).rsplit(" (", 1)[0]
        note.write_text(json.dumps({"text": text, "site": str(Path(HERE, site).resolve())}), encoding="utf-8")
    print(text)
    for regex in headers["EXPECT"]:
        if not re.search(regex, text):
            fail(f"the error does not match {regex!r}", output)


if __name__ == "__main__":
    separator = sys.argv.index("--")
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[separator + 1 :])
