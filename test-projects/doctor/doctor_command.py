"""Running `cython-ufunc doctor` as a user does; ci/ becomes a folder to import from."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Sequence

HERE = Path(__file__).resolve().parent
TRANSPILER = HERE.parent.parent / "transpiler"
sys.path.insert(0, str(HERE.parents[1] / "ci"))


class Result(NamedTuple):
    """What a run gave."""

    code: int
    out: str
    err: str


def run_doctor(
    *arguments: object,
    python: str = sys.executable,
    path: Sequence[object] = (),
    cwd: Optional[Path] = None,
    variables: Dict[str, str] = {},
) -> Result:
    """Runs the command by `python`, with the folders `path` first on sys.path."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [*path, TRANSPILER])), **variables}
    command = [python, "-m", "cython_ufunc", "doctor", *map(str, arguments)]
    result = subprocess.run(
        command, env=environment, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert "Traceback" not in result.stderr, result.stderr
    return Result(result.returncode, result.stdout, result.stderr)


def report_of(*arguments: object, code: int, **keywords: Any) -> Dict[str, Any]:
    """The report as JSON; `code` is the exit code that is expected."""
    result = run_doctor("--json", *arguments, **keywords)
    assert result.code == code, f"{arguments}: exit code {result.code}, not {code}\n{result.out}\n{result.err}"
    report: Dict[str, Any] = json.loads(result.out)
    assert report["schema"] == 1
    assert report["ok"] == (code == 0), report
    return report


def problems_of(report: Dict[str, Any]) -> Dict[str, str]:
    """The problems' messages by their codes."""
    found: List[Dict[str, str]] = []
    for item in [report["installed"] or {"problems": []}, *report["extensions"], *report["unreadable"]]:
        found += item["problems"]
    return {problem["code"]: problem["message"] for problem in found}
