"""What CI runs, and you can: builds the package, installs it in an environment of its own, and runs its tests there.

Usage: python ci/check.py
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / "build" / "ci"


def main() -> int:
    """Returns the exit code of the tests."""
    venv.EnvBuilder(with_pip=True, clear=True).create(ENVIRONMENT)
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([str(python), "-m", "pip", "install", f"{ROOT}[test]"], check=True)
    return subprocess.run([str(python), "-m", "pytest", str(ROOT / "tests")], cwd=ENVIRONMENT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
