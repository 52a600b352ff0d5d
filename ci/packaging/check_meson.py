# SPDX-License-Identifier: BSD-3-Clause
"""Gets cython-ufunc into a Meson project by each command for that, without a network, and calls what was built.

Usage: check_meson.py <scratch folder> --meson <program>
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "test-projects" / "consumption" / "meson-wrap"
COMMANDS = {
    "wrap": "wrap",
    "vendor": "vendor subprojects/cython-ufunc",
    "print": "--meson-wrap",
}


def run(*command: object, cwd: Path, variables: Dict[str, str] = {}) -> str:
    """Runs a command; returns its standard output."""
    result = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert result.returncode == 0, f"{command}: exit code {result.returncode}\n{result.stdout}{result.stderr}"
    return result.stdout


def get_cython_ufunc(project: Path, way: str, cache: Path) -> None:
    """Runs the command in a project."""
    variables = {"PYTHONPATH": str(ROOT / "transpiler"), "XDG_CACHE_HOME": str(cache)}
    output = run(sys.executable, "-m", "cython_ufunc", *COMMANDS[way].split(), cwd=project, variables=variables)
    if way == "print":
        (project / "subprojects").mkdir()
        (project / "subprojects" / "cython-ufunc.wrap").write_text(output)


def put_other_command(folder: Path) -> Dict[str, str]:
    """Makes `folder` one with a command `cython-ufunc` that fails; returns the environment that has it in front."""
    folder.mkdir()
    command = folder / "cython-ufunc"
    command.write_text("#!/bin/sh\nexit 1\n")
    command.chmod(0o755)
    return {"PATH": os.pathsep.join([str(folder), os.environ["PATH"]])}


def main() -> None:
    """Builds the project in each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--meson", required=True)
    options = parser.parse_args()
    scratch = options.scratch.resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    native_file = scratch / "native.ini"
    # The pip package has a command with the name that find_program() searches.
    variables = put_other_command(scratch / "bin")
    for way in COMMANDS:
        project = scratch / way
        shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("__pycache__"))
        native_file.write_text(f"[binaries]\npython = '{sys.executable}'\n")
        get_cython_ufunc(project, way, scratch / "ca che")
        # Meson downloads nothing, but for the wrap whose archive is in the cache folder.
        mode = ["--wrap-mode=nodownload"] if way != "print" else []
        build = project / "build"
        run(
            options.meson,
            "setup",
            "--native-file",
            native_file,
            *mode,
            build,
            project,
            cwd=scratch,
            variables=variables,
        )
        if way == "wrap":  # the others have the same files
            run(options.meson, "compile", "-C", build, cwd=scratch, variables=variables)
            run(sys.executable, project / "check.py", cwd=scratch, variables={"PYTHONPATH": str(build)})
        print(f"{way}: Meson has cython-ufunc")


main()
