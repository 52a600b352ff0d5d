"""Looks at the symbols of the modules for the stable ABI; they may be another machine's.

Usage: check_symbols.py <build directory>
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Sequence

LIMITED = ("limited", "limited_cxx", "limited_shared", "_cyutility")


def check_symbols(files: Sequence[Path]) -> None:
    """Asserts that the modules use nothing beyond the stable ABI of 3.11, and name no library of one version of Python."""
    for file in files:
        assert file.name.endswith((".abi3.so", ".pyd")), file
        assert b"python313.dll" not in file.read_bytes().lower(), f"{file} is linked to the library of Python 3.13"
    # abi3audit knows each symbol of the stable ABI and the version it came with.
    audit = [sys.executable, "-m", "abi3audit", "--verbose", "--assume-minimum-abi3", "3.11", *map(str, files)]
    result = subprocess.run(audit, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(result.stdout)
    assert result.returncode == 0, "abi3audit found symbols outside the stable ABI of 3.11"


def check_outside(build: Path) -> None:
    """Asserts that a helper that leaves the limited API is found when its module is linked for Windows."""
    targets = subprocess.check_output(["ninja", "-C", str(build), "-t", "targets", "all"], text=True)
    (module,) = (line.split(":")[0] for line in targets.splitlines() if line.startswith("outside.pyd:"))
    run = subprocess.run(["ninja", "-C", str(build), module], stdout=subprocess.PIPE, text=True)
    assert run.returncode and re.search(r"undefined.*PyCode_NewEmpty", run.stdout), run.stdout


def main(build: Path) -> None:
    """Checks what was built for Windows."""
    check_symbols([next(iter(build.glob(f"{name}.*pyd"))) for name in LIMITED])
    check_outside(build)
    print("stable-abi: the modules for Windows use the stable ABI alone")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
