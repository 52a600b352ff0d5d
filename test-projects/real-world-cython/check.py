"""Runs the doctests of each module in an interpreter of its own, as Cython's own test runner does.

Usage: check.py <build directory>
"""

import re
import subprocess
import sys
from pathlib import Path

# Far fewer doctests than there are would mean that they were not found.
FEWEST_DOCTESTS = {"ufunc": 100, "numpy_test": 250, "numpy_memoryview": 90, "bufaccess": 350}
CODE = """
import doctest, sys, {name} as module
failed, attempted = doctest.testmod(module)
print("attempted:", attempted)
sys.exit(1 if failed else 0)
"""


def run(build: Path, name: str) -> int:
    """How many doctests the module `name` has; all of them passed."""
    result = subprocess.run(
        [sys.executable, "-c", CODE.format(name=name)],
        cwd=build,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert result.returncode == 0, f"{name}: exit code {result.returncode}\n{result.stdout}"
    attempted = re.search(r"^attempted: (\d+)$", result.stdout, re.MULTILINE)
    assert attempted, result.stdout
    return int(attempted[1])


def main(build: Path) -> None:
    """Runs the doctests of all modules."""
    total = 0
    modules = sorted(path.name.split(".")[0] for path in build.glob("*.so"))
    assert len(modules) == 12, modules
    for name in modules:
        attempted = run(build, name)
        assert attempted >= FEWEST_DOCTESTS.get(name, 1), f"{name}: only {attempted} doctests"
        total += attempted
    print(f"real-world-cython: {total} doctests in {len(modules)} modules passed")


main(Path(sys.argv[1]))
