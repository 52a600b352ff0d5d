# SPDX-License-Identifier: BSD-3-Clause
"""The packages that the audit needs, in an environment for those scripts that use it."""

import importlib.util
import subprocess
import sys

from common.environment import ENVIRONMENTS, make_environment

PACKAGES = ["capstone", "cython", "lief", "numpy"]


def run_with_extra() -> None:
    """Runs the script again by a Python that has them, unless this one does."""
    if all(importlib.util.find_spec(name) for name in ("capstone", "Cython", "lief", "numpy")):
        return
    python = make_environment(ENVIRONMENTS / "audit", PACKAGES)
    sys.exit(subprocess.run([str(python), *sys.argv]).returncode)
