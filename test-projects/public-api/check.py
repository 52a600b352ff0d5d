"""Builds a copy of this project, calls its modules, edits a public declaration, and calls what the next build made.

Usage: check.py <scratch directory> --generator <name> [<cmake argument> ...]
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import List

HERE = Path(__file__).resolve().parent


def build(directory: Path) -> str:
    """Builds; returns the build tool's output."""
    run = subprocess.run(
        ["cmake", "--build", str(directory)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert run.returncode == 0, run.stdout
    return run.stdout


def call(directory: Path) -> None:
    """Calls the modules in a fresh interpreter."""
    environment = {**os.environ, "PYTHONPATH": str(directory)}
    subprocess.run([sys.executable, str(HERE / "call.py")], check=True, env=environment)


def check(scratch: Path, generator: str, arguments: List[str]) -> None:
    """Builds, calls, edits."""
    shutil.rmtree(scratch, ignore_errors=True)
    source, directory = scratch / "source", scratch / "build dir"
    shutil.copytree(HERE, source)
    subprocess.run(
        ["cmake", "-S", str(source), "-B", str(directory), "-G", generator, f"-DPython_EXECUTABLE={sys.executable}"]
        + arguments,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    build(directory)
    call(directory)
    headers = sorted(path.name for path in (directory / "cython_ufunc").glob("*/*.h"))
    assert headers == ["boxes.h", "boxes_api.h", "solids.h", "solids_api.h"], headers

    # With another layout of the structure, a consumer that is not recompiled passes the wrong numbers.
    pyx = source / "boxes.pyx"
    pyx.write_text(pyx.read_text().replace("    double width\n", "    double depth\n    double width\n", 1))
    output = build(directory)
    for name in ("boxes_helper.c", "boxes.c", "user.c", "by_hand.c"):
        assert f"{name}.o" in output, f"{name} was not recompiled:\n{output}"
    assert "user_helper.cpp.o" not in output and "solids.cpp.o" not in output, output
    call(directory)
    again = build(directory)
    assert "Building" not in again and "Transpiling" not in again, again
    if generator == "Ninja":
        subprocess.run(["ninja", "-C", str(directory), "-t", "missingdeps"], check=True)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--generator", required=True)
    options, arguments = parser.parse_known_args()
    check(options.scratch.resolve(), options.generator, arguments)
    print(f"public-api with {options.generator}: headers used, and new ones after an edit")


main()
