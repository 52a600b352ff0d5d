"""Does what the tutorial for Meson does after the build: calls the module, runs its test, installs it and calls it there.

Usage: check_meson.py <build directory> <meson>
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

CALL = """
import sys
import numpy as np
from mypkg import fastmath
assert fastmath.__file__.startswith(sys.argv[1]), fastmath.__file__
assert isinstance(fastmath.add_one, np.ufunc)
print(fastmath.add_one([1.0, 2.0]), fastmath.even(4))
"""


def call(folder: Path) -> None:
    """Calls the module of the package in `folder`, which stands on the path."""
    command = [sys.executable, "-c", CALL, str(folder)]
    output = subprocess.check_output(command, env={**os.environ, "PYTHONPATH": str(folder)}, text=True)
    assert output == "[2. 3.] [0 2 4 6]\n", output


build, meson = Path(sys.argv[1]), sys.argv[2]
call(build / "src")
tests = subprocess.check_output([meson, "test", "-C", str(build)], text=True)
assert "1/1" in tests and "import" in tests, tests
with tempfile.TemporaryDirectory() as folder:
    subprocess.run([meson, "install", "--destdir", folder, "-C", str(build)], check=True, stdout=subprocess.DEVNULL)
    (package,) = Path(folder).rglob("mypkg")
    assert (package / "__init__.py").is_file()
    call(package.parent)

print("getting-started: Meson built, tested and installed the module, and it was called")
