"""Calls the package in the build directory, runs its import tests, installs it, and calls what was installed.

Usage: check.py <build directory> [<meson>] [--config <configuration>]
  <meson>   the program that built it; without one, CMake did
  --config  with a multi-configuration generator, the one that was built
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CALLS = """
import numpy as np
import mypkg, mypkg.base, mypkg.derived, mypkg.fast_math, mypkg.left.tools, mypkg.right.tools, mypkg.table
from mypkg import _pure
import sys

x = np.arange(4.0)
assert mypkg.__version__ == "1.0" and mypkg.__name__ == "mypkg" and mypkg.__spec__.submodule_search_locations
np.testing.assert_array_equal(mypkg.doubled(x), 2 * x)

square = mypkg.derived.Square(3.0)
assert isinstance(square, mypkg.base.Shape) and mypkg.base.Shape.__module__ == "mypkg.base"
assert (square.area(), square.scaled(), mypkg.base.Shape(2.0).area()) == (9.0, 91.0, 0.0)
assert mypkg.derived.total_area([square, mypkg.derived.Doubled(1.0)]) == 11.0
assert square.corners().shape == (4, 2)

assert (mypkg.left.tools.side, mypkg.right.tools.side) == (-1, 1)
np.testing.assert_allclose(mypkg.left.tools.offset_metres(x), 0.3048 * x + 0.5)
np.testing.assert_array_equal(mypkg.right.tools.offset(np.array([1, 2])), [2, 3])
np.testing.assert_array_equal(mypkg.table.squares(), np.arange(5.0) ** 2)
assert abs(mypkg.fast_math.sum_of_thirds(np.full(6, 0.5, np.float32)) - 1) < 1e-6
np.testing.assert_array_equal(_pure.cubed(x), x**3)
_pure.Counter().count = 2
assert _pure.__name__ == "mypkg._pure" and not _pure.__file__.endswith(".py")
"""
MANUAL = """
import mypkg.manual
assert mypkg.manual.minmax(2.0, 1.0) == (1.0, 2.0)
"""

parser = argparse.ArgumentParser()
parser.add_argument("build", type=Path)
parser.add_argument("meson", nargs="?")
parser.add_argument("--config", default="")
options = parser.parse_args()
build = options.build
meson = options.meson


def call(code: str, root: Path) -> int:
    """Runs `code` with the package in `root`; returns the interpreter's exit status."""
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run([sys.executable, "-c", code], env=environment).returncode


assert call(CALLS + MANUAL, build / options.config) == 0

config = ["-C", options.config] if options.config else []
test = [meson, "test", "-C", str(build)] if meson else ["ctest", *config, "--test-dir", str(build)]
output = subprocess.run(test, check=True, stdout=subprocess.PIPE, text=True).stdout
if meson:
    assert re.search(r"Ok: +3\s", output) and re.search(r"Expected Fail: +1\s", output), output
else:
    assert re.search("100% tests passed.* out of 4", output), output

staging = build / "staging"
shutil.rmtree(staging, ignore_errors=True)
if meson:
    install = [meson, "install", "-C", str(build), "--destdir", str(staging), "--tags"]
else:
    config = ["--config", options.config] if options.config else []
    install = ["cmake", "--install", str(build), *config, "--prefix", str(staging), "--component"]
subprocess.run([*install, "python"], check=True, stdout=subprocess.DEVNULL)
assert call(CALLS, staging) == 0
assert (staging / "mypkg" / "base.pxd").is_file() and (staging / "mypkg" / "__init__.pxd").is_file()
assert not list(staging.glob("**/manual*"))
assert not [path for path in staging.rglob("*") if path.is_file() and path.suffix not in (".so", ".pyd", ".pxd")]
subprocess.run([*install, "developer"], check=True, stdout=subprocess.DEVNULL)
assert call(MANUAL, staging) == 0

print("package: the built and the installed package work")
