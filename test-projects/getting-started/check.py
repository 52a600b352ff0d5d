"""Does what the tutorial does after the build: calls the module, runs its test, installs it and calls it there."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from mypkg import fastmath

build = Path(sys.argv[1])
assert isinstance(fastmath.add_one, np.ufunc)
np.testing.assert_array_equal(fastmath.add_one(np.arange(3.0)), [1.0, 2.0, 3.0])
np.testing.assert_array_equal(fastmath.even(4), [0, 2, 4, 6])

cache = dict(line.split("=", 1) for line in (build / "CMakeCache.txt").read_text().splitlines() if "=" in line)
tests = subprocess.run(
    [cache["CMAKE_CTEST_COMMAND:INTERNAL"], "--test-dir", str(build), "--no-tests=error"],
    check=True,
    stdout=subprocess.PIPE,
    text=True,
).stdout
assert "import.mypkg.fastmath" in tests, tests
with tempfile.TemporaryDirectory() as prefix:
    subprocess.run([cache["CMAKE_COMMAND:INTERNAL"], "--install", str(build), "--prefix", prefix], check=True)
    code = "import mypkg.fastmath as f; assert f.__file__.startswith(__import__('sys').argv[1]); print(f.even(3))"
    output = subprocess.check_output(
        [sys.executable, "-c", code, prefix], env={**os.environ, "PYTHONPATH": prefix}, text=True
    )
assert output == "[0 2 4]\n", output

print("getting-started: the module was built, tested, installed and called")
