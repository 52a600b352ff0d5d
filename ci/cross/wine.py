#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Runs a program of Windows under Wine, and any other as it is: a value for CMAKE_CROSSCOMPILING_EMULATOR.

Usage: wine.py <program> [<argument> ...]

Windows' Python does not start under Wine when its standard streams are regular files: it gets none to read, and pipes
to write. The exit code is cut to eight bits, as every program's is here.
"""

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Dict, Iterator

LOADER = Path("/usr/lib/wine/wine64")


def is_windows_program(path: str) -> bool:
    """True for a file that begins as Windows' executables do."""
    try:
        with open(path, "rb") as file:
            return file.read(2) == b"MZ"
    except OSError:
        return False


def _environment() -> Dict[str, str]:
    # A crash ends the program at once: Wine's debugger would take seconds, and hold the pipes. LLVM's OpenMP would ask
    # for groups of processors, of which Wine 8 knows nothing.
    settings = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "winedbg.exe=d", "KMP_AFFINITY": "disabled"}
    return {**os.environ, **settings, "LC_ALL": "C.UTF-8"}  # the encoding of files' names


@contextlib.contextmanager
def keep_services(python: Path) -> Iterator[None]:
    """Keeps Wine's services running, by a process of `python` (Windows' interpreter): starting them takes seconds."""
    keeper = subprocess.Popen(
        [str(LOADER), str(python), "-c", "import sys; print('ready', flush=True); sys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
    )
    if not keeper.stdout or not keeper.stdin or keeper.stdout.readline().strip() != b"ready":
        sys.exit("Windows' Python does not start under Wine")
    try:
        yield
    finally:
        keeper.stdin.close()
        keeper.wait()


def main() -> int:
    """Returns the program's exit code."""
    if not is_windows_program(sys.argv[1]):
        return subprocess.run(sys.argv[1:], check=False).returncode
    command = [str(LOADER), *sys.argv[1:]]
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=_environment(), check=False)
    sys.stdout.buffer.write(result.stdout)
    sys.stdout.flush()
    sys.stderr.buffer.write(result.stderr)
    return result.returncode if result.returncode >= 0 else 128 - result.returncode


if __name__ == "__main__":
    sys.exit(main())
