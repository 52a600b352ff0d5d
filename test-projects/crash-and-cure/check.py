"""Runs each sample, built plainly and built with the shim, in an interpreter of its own.

Usage: check.py <build directory> [--ufuncs-crash]
  --ufuncs-crash  the Cython that built it loses the ufunc import (3.0.0 to 3.0.9): the plain ufuncs have to crash
"""

import signal
import subprocess
import sys
from typing import Dict

UFUNC = "assert list(module.add_one([1.0, 2.0])) == [2.0, 3.0]"
CALLS: Dict[str, str] = {
    "with_numpy": UFUNC,
    "with_numpy_and_parallel": UFUNC,
    "with_parallel": UFUNC,
    "with_prange": UFUNC + "; assert module.sum_of_squares(1000) == 332833500.0",
    "array_helper": "assert list(module.zeros(3)) == [0.0, 0.0, 0.0]",
    "ufunc_helper": "assert list(module.make_halve()([1.0, 3.0])) == [0.5, 1.5]",
}
HELPERS = {"array_helper", "ufunc_helper"}
CRASHED = 0xC0000005 if sys.platform == "win32" else -signal.SIGSEGV
FAULT = "exception: access violation" if sys.platform == "win32" else "Segmentation fault"  # as faulthandler calls it


def run(package: str, name: str, code: str) -> int:
    """The exit code of an interpreter that imports `package.name` as `module` and runs `code`; prints its output."""
    script = f"import {package}.{name} as module\nprint('imported', flush=True)\n{code}\nprint('called', flush=True)"
    command = [sys.executable, "-X", "faulthandler", "-c", script]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"{package}.{name}: {result.stdout.split()[-20:]}, exit code {result.returncode}")
    imported = "imported" in result.stdout
    if result.returncode == CRASHED:
        assert FAULT in result.stdout, f"{package}.{name} did not crash by a bad address: {result.stdout}"
        # A ufunc dies while the module is imported, a helper when it is called.
        assert imported == (name in HELPERS), f"{package}.{name} crashed at another place than expected"
    return result.returncode


def main(ufuncs_crash: bool) -> None:
    """Asserts the crash of the plain builds, and the cure of the others."""
    for name, code in CALLS.items():
        plain = run("plain", name, code)
        if name in HELPERS or ufuncs_crash:
            assert plain == CRASHED, f"plain.{name} should crash, but ended with {plain}"
        else:
            assert plain == 0, f"plain.{name} should work with this Cython, but ended with {plain}"
        cured = run("cured", name, code)
        assert cured == 0, f"cured.{name} ended with {cured}"
    print(f"crash-and-cure: {len(CALLS)} samples cured, ufuncs built plainly crash: {ufuncs_crash}")


main(ufuncs_crash="--ufuncs-crash" in sys.argv)
