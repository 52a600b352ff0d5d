# SPDX-License-Identifier: BSD-3-Clause
"""Modules built with one NumPy and run on another."""

import re
import subprocess
from pathlib import Path
from typing import Dict, List, Tuple

from common.environment import ROOT

from compatibility.build import Programs, StepFailedError, build, run_step
from compatibility.report import FAIL, PASS, Row

PROJECT = "import-failures"

# Before 1.25, NumPy's headers knew no target, and did not say in which release their API appeared. This is from the
# table of versions in NumPy 2's numpyconfig.h.
_OLDEST_BEFORE_1_25 = {"1.19": "1.16", "1.22": "1.22", "1.24": "1.23"}

_PRINT_VERSION = """
#include <numpy/numpyconfig.h>
version NPY_FEATURE_VERSION
"""
_INCLUDE_DIR = "import numpy; print(numpy.get_include())"


def _numbers(release: str) -> Tuple[int, ...]:
    return tuple(int(part) for part in release.split(".")[:2])


def oldest_accepted(programs: Programs, numpy: str, target: str = "") -> str:
    """The oldest NumPy that a module accepts, by the NumPy headers that it is built with: the release `numpy`.

    `target` is the module's NUMPY_TARGET_VERSION, or "" for the headers' default.
    """
    series = ".".join(numpy.split(".")[:2])
    if _numbers(numpy) < (1, 25):
        return _OLDEST_BEFORE_1_25[series]
    include = subprocess.check_output([str(programs.python), "-c", _INCLUDE_DIR], text=True).strip()
    command = [programs.compilers.c, "-E", "-P", f"-I{include}", "-"]
    if target:
        command.append(f"-DNPY_TARGET_VERSION=NPY_{target.replace('.', '_')}_API_VERSION")
    output = subprocess.check_output(command, input=_PRINT_VERSION, text=True)
    version = int(output.split()[-1], 16)
    header = Path(include, "numpy", "numpyconfig.h").read_text()
    # The first of the releases with this version of the API.
    for major, minor, number in re.findall(r"define NPY_(\d+)_(\d+)_API_VERSION (0x\w+)", header):
        if int(number, 16) == version:
            return f"{major}.{minor}"
    raise ValueError(f"{header} does not name the version {version:#x}")


def expected_outcome(built: str, oldest: str, runs: str) -> str:
    """What a module built with NumPy `built`, which accepts `oldest`, does on NumPy `runs`: see the project's check."""
    if _numbers(built) < (2, 0) <= _numbers(runs):
        return "too-new"
    return "works" if _numbers(runs) >= _numbers(oldest) else oldest


def _modules(programs: Programs, numpy: str) -> Dict[str, str]:
    """The modules of the project, and the oldest NumPy that each accepts."""
    targets = {"doubling": "", "doubling_single": ""}
    if _numbers(numpy) >= (1, 25):
        targets["for_numpy_1_23"] = "1.23"
    if _numbers(numpy) >= (2, 0):
        targets["for_numpy_2_0"] = "2.0"
    return {module: oldest_accepted(programs, numpy, target) for module, target in targets.items()}


def run_on_others(python: str, built: str, programs: Programs, others: Dict[str, Path], scratch: Path) -> List[Row]:
    """Builds with `programs`, which have the NumPy `built`, and runs with the interpreters `others`, by their NumPy."""
    try:
        build_directory = build(PROJECT, programs, scratch)
        modules = _modules(programs, built)
    except StepFailedError as error:
        print(f"---- Python {python}, NumPy {built}: {error.step}\n{error}\n", flush=True)
        return [Row([python, built, ""], FAIL, error.step)]
    script = ROOT / "test-projects" / PROJECT / "check.py"
    rows = []
    for runs, interpreter in others.items():
        outcomes = {module: expected_outcome(built, oldest, runs) for module, oldest in modules.items()}
        expectations = [f"{module}={outcome}" for module, outcome in outcomes.items()]
        command = [programs.python, script, build_directory, "--other-python", interpreter, "--expect", *expectations]
        what = [python, built, runs]
        try:
            run_step("check", command, {})
            rows.append(Row(what, PASS, describe(outcomes)))
        except StepFailedError as error:
            print(f"---- {what}\n{error}\n", flush=True)
            rows.append(Row(what, FAIL, describe(outcomes)))
    return rows


def describe(outcomes: Dict[str, str]) -> str:
    """What is expected, in words: for the headers' default, and for each NUMPY_TARGET_VERSION where it differs."""
    words = {"works": "runs", "too-new": "refused, NumPy is too new"}
    default = outcomes["doubling"]
    texts = [words.get(default, f"refused, needs {default}")]
    for module, outcome in outcomes.items():
        _, has_target, target = module.partition("for_numpy_")
        if has_target and outcome != default:
            texts.append(f"built for {target.replace('_', '.')}: {words.get(outcome, f'refused, needs {outcome}')}")
    return "; ".join(texts)
