# SPDX-License-Identifier: BSD-3-Clause
"""Makes a virtual environment with the given packages, unless it is there already.

Usage: environment.py <folder> <requirement> ...
"""

import subprocess
import sys
import venv
from pathlib import Path
from typing import Sequence


def python_of(folder: Path) -> Path:
    """The interpreter of the environment in `folder`."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def make_environment(folder: Path, requirements: Sequence[str]) -> Path:
    """Makes the environment with this interpreter, or brings it up to date; returns the environment's interpreter."""
    stamp = folder / "requirements.txt"
    wanted = "\n".join([sys.version, *requirements])
    python = python_of(folder)
    if stamp.is_file() and stamp.read_text() == wanted:
        return python
    print(f"Making {folder} with {', '.join(requirements)}", flush=True)
    venv.EnvBuilder(with_pip=True, clear=True).create(folder)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
    subprocess.run(command, check=True)
    stamp.write_text(wanted)
    return python


if __name__ == "__main__":
    print(make_environment(Path(sys.argv[1]), sys.argv[2:]))
