"""Imports and calls the modules; then compares the compiler's warnings on each body with those on plain Cython output.

Usage: check.py <build directory> [--calls-only]
  --calls-only  leaves the comparison out
"""

import importlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Counter, List

import numpy as np

build = Path(sys.argv[1])
sources = Path(__file__).parent
x = np.arange(3.0)

for language in ("C", "CXX"):
    for name in ("imports_first", "imports_last", "no_ufunc"):
        module = importlib.import_module(f"{name}_{language}")
        np.testing.assert_array_equal(module.zeros(2), [0.0, 0.0])
        if name != "no_ufunc":
            np.testing.assert_array_equal(module.plus_one(x), x + 1)
    assert module.identity() == np.dtype(float)
    module = importlib.import_module(f"imports_last_{language}")
    np.testing.assert_array_equal(module.applied_before, np.ones(3))

    module = importlib.import_module(f"helpers_{language}")
    assert module.c_imports == module.cpp_imports == 0
    np.testing.assert_array_equal(module.square_of_c(x), x**2)
    np.testing.assert_array_equal(module.square_of_cpp(x), x**2)
    np.testing.assert_array_equal(module.plus_one(x), x + 1)
    for zeros in (module.c_zeros_before, *module.zeros(2)):
        np.testing.assert_array_equal(zeros, [0, 0])


if "--calls-only" in sys.argv:
    print("users-own-imports: eight modules import NumPy's API again and again")
    sys.exit()


def warnings(command: List[str], source: Path, directory: Path) -> Counter[str]:
    """The warnings a compiler gives on `source`, without its name and line numbers, and how often each."""
    run = subprocess.run(
        [*command, "-Wall", "-Wextra", "-Wpedantic", "-S", "-o", os.devnull, str(source)],
        cwd=directory,
        check=True,
        stderr=subprocess.PIPE,
        text=True,
    )
    return Counter(re.findall(r"warning: (.*)", run.stderr))


compared = 0
for entry in json.loads((build / "compile_commands.json").read_text()):
    body = Path(entry["file"])
    if body.name.endswith("_init.cpp") or "cython_ufunc" not in body.parts[-3:] or body.stem.startswith("unity"):
        continue
    command = shlex.split(entry["command"])
    command = command[: command.index("-o")]
    force = command.index("-include")
    ours = ("/runtime/include", "/runtime/numpy_headers")
    plain_command = [arg for arg in command[:force] + command[force + 2 :] if not arg.endswith(ours)]
    source = sources / f"{body.stem.rpartition('_')[0]}.pyx"
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / body.name
        cplus = ["--cplus"] if body.suffix == ".cpp" else []
        subprocess.run(
            [sys.executable, "-m", "cython", *cplus, "--module-name", body.stem, "-o", str(plain), str(source)],
            check=True,
        )
        plain_warnings = warnings(plain_command, plain, Path(entry["directory"]))
    new = warnings(command, body, Path(entry["directory"])) - plain_warnings
    assert not new, f"{body} has warnings that plain Cython output has not: {new}"
    compared += 1
assert compared == 8, compared

print("users-own-imports: eight modules import NumPy's API again and again, and compile with no new warnings")
