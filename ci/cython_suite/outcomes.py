# SPDX-License-Identifier: BSD-3-Clause
"""What becomes of one source: the errors that Cython reports, or what the module's doctests say."""

import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Mapping, Optional, Tuple

from cython_suite.cases import Case

SECONDS = 120
PASSED = "passed"
NOT_COMPILED = "the compiler refuses it"
# `<file>:<line>:<column>: <message>`, a file's path left out.
_REPORT = re.compile(r"^(warning: )?(?:[^\n:]*/)?([^\n:/]+\.(?:pyx|pxd|pxi|py)):(\d+):(\d+): (.*)$", re.MULTILINE)

# Runs in the interpreter that imports the module.
_DOCTESTS = """
import doctest, importlib, json, sys, warnings
warnings.simplefilter("ignore")
name = sys.argv[1]
try:
    module = importlib.import_module(name)
except BaseException as error:
    print(json.dumps(f"import: {type(error).__name__}"))
    sys.exit()
sys.stdout, out = open("/dev/null", "w"), sys.stdout
result = doctest.testmod(module, name=name)
print(json.dumps([result.failed, result.attempted]), file=out)
"""


def reported_errors(printed: str) -> str:
    """The errors in what Cython printed, in one text, without folders and in order."""
    reports = _REPORT.findall(printed)
    found = sorted((file, int(line), int(column), text) for warning, file, line, column, text in reports if not warning)
    return "\n".join(["Cython refuses it", *(f"{file}:{line}:{column}: {text}" for file, line, column, text in found)])


def of_module(folder: Path, case: Case, suite: Path) -> str:
    """What the doctests of the module in `folder` say."""
    support = [str(suite / case.folder), str(suite / "testsupport"), str(suite)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *support]), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", _DOCTESTS, case.stem]
    try:
        result = subprocess.run(
            command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, encoding="utf-8", errors="replace", timeout=SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "does not end"
    try:
        said = json.loads(result.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return f"the interpreter ends with {result.returncode}"
    if isinstance(said, str):
        return said
    failed, attempted = said
    return PASSED if not failed else f"{failed} of {attempted} examples fail"


def translate_plainly(case: Case, suite: Path, output: Path, ordered: str, seed: str) -> "Tuple[Optional[str], str]":
    """Has the `cython` command translate a case; returns the text and "", or None and the errors.

    ordered: source of a `cython` command whose output does not depend on addresses; seed: its PYTHONHASHSEED.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", ordered, "-X", "emit_code_comments=False", "--module-name", case.stem]
    command += [*(["--cplus"] if case.cplus else []), f"-I{suite / 'testsupport'}", "-o", str(output)]
    result = subprocess.run(
        [*command, f"{case.stem}.pyx"], cwd=suite / case.folder, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if result.returncode:
        return None, reported_errors(result.stdout)
    return output.read_text("utf-8"), ""


def compile_plainly(case: Case, suite: Path, body: Path, numpy_include: str) -> str:
    """Compiles what translate_plainly() wrote, as setuptools would, and returns what its doctests say."""
    compiler = os.environ.get("CXX", "c++") if case.cplus else os.environ.get("CC", "cc")
    module = body.with_name(case.stem + str(sysconfig.get_config_var("EXT_SUFFIX")))
    includes = [
        f"-I{path}" for path in (suite / case.folder, body.parent, sysconfig.get_paths()["include"], numpy_include)
    ]
    sources = [str(body), *(str(suite / case.folder / name) for name in case.extra_sources)]
    command = [compiler, "-shared", "-fPIC", "-O0", "-w", *includes, "-o", str(module), *sources]
    if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
        return NOT_COMPILED
    return of_module(body.parent, case, suite)


def differences(ours: Mapping[str, str], plain: Mapping[str, str]) -> Mapping[str, Tuple[str, str]]:
    """The cases with different outcomes, and both."""
    return {name: (ours[name], plain[name]) for name in ours if ours[name] != plain[name]}
