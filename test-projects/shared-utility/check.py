"""Calls the package in the build directory and as installed, and asserts that its modules share Cython's code.

Usage: check.py <build directory> [--meson <meson>] [--without] [--calls-only]
  --meson       the program that built it; without one, CMake did
  --without     the Cython that built it has no shared utility module
  --calls-only  only calls it in the build directory: neither CMake nor Meson is at hand
"""

import argparse
import os
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

CALLS = """
import numpy as np
import mypkg._cyutility, mypkg.scaled, mypkg.sub.bytes, mypkg.sums

x = np.arange(6.0)
np.testing.assert_array_equal(mypkg.sums.add_one(x), x + 1)
np.testing.assert_array_equal(mypkg.scaled.twice(x.astype(np.float32)), 2 * x)
assert mypkg.sums.total(x) == mypkg.sums.total_of_buffer(x) == 15
half = mypkg.sums.half(x)
assert list(half) == [0, 2, 4] and mypkg.sums.total(half) == 6
for dtype in (np.float32, np.float64):
    scaled = mypkg.scaled.scale(x.reshape(2, 3).astype(dtype), dtype(3))
    np.testing.assert_array_equal(scaled, 3 * x.reshape(2, 3))
    assert scaled.dtype == dtype
assert mypkg.sub.bytes.reversed_copy(b"abc") == b"cba" and mypkg.sub.bytes.count(b"banana", ord("a")) == 3
try:
    mypkg.sums.total(np.arange(3))
except ValueError as error:
    assert "Buffer dtype mismatch" in str(error), error
else:
    raise AssertionError("integers passed for a double[:]")
"""
SHARED = "assert type(half).__module__.endswith('_cyutility'), type(half)\n"
NOT_SHARED = "assert type(half).__module__ == 'mypkg.sums', type(half)\n"
ALONE = "import alone; assert type(alone.half(__import__('numpy').zeros(2))).__module__ == 'alone'\n"


def call(code: str, root: Path) -> "subprocess.CompletedProcess[str]":
    """Runs `code` with the package in `root`."""
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=environment, stderr=subprocess.PIPE, text=True
    )


def assert_works(code: str, root: Path) -> None:
    result = call(code, root)
    assert result.returncode == 0, result.stderr


def module(root: Path, name: str) -> Path:
    """The file of the module `name` below `root`."""
    (found,) = [root / f"{name}{suffix}" for suffix in EXTENSION_SUFFIXES if (root / f"{name}{suffix}").is_file()]
    return found


parser = argparse.ArgumentParser()
parser.add_argument("build", type=Path)
parser.add_argument("--meson", default="")
parser.add_argument("--without", action="store_true")
parser.add_argument("--calls-only", action="store_true")
options = parser.parse_args()
build: Path = options.build

shutil.copy(Path(__file__).parent / "mypkg" / "__init__.py", build / "mypkg")
shutil.copy(Path(__file__).parent / "mypkg" / "__init__.py", build / "mypkg" / "sub")
assert_works(CALLS + (NOT_SHARED if options.without else SHARED), build)
root_of_alone = build if list(build.glob("alone.*")) else build / "mypkg"  # CMake's and Meson's
assert_works(ALONE, root_of_alone)
if options.calls_only:
    print("shared-utility: the modules share it in the build directory")
    sys.exit()
if not options.meson:
    subprocess.run(["ctest", "--test-dir", str(build)], check=True, stdout=subprocess.DEVNULL)

staging = build / "staging"
shutil.rmtree(staging, ignore_errors=True)
if options.meson:
    install = [options.meson, "install", "-C", str(build), "--destdir", str(staging)]
else:
    install = ["cmake", "--install", str(build), "--prefix", str(staging)]
subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
assert_works(CALLS, staging)

utility = module(staging / "mypkg", "_cyutility")
if options.without:
    print("shared-utility: without one, the package works")
    sys.exit()

sizes = {name: module(staging / "mypkg", name).stat().st_size for name in ("sums", "_cyutility")}
sizes["alone"] = module(root_of_alone, "alone").stat().st_size
print(f"shared-utility: bytes: {sizes}")
assert sizes["sums"] < sizes["alone"] / 2, "the module that shares is not much smaller"

utility.unlink()
result = call("import mypkg.sums", staging)
assert result.returncode == 1 and "No module named 'mypkg._cyutility'" in result.stderr, result.stderr
print("shared-utility: the modules share it, as built and as installed")
