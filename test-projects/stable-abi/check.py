"""Calls the modules, and checks in the files what makes them stable or free-threaded.

Usage: check.py <build directory> [--calls-only]
  --calls-only  leaves the symbols to check_symbols.py, which needs abi3audit
"""

import importlib
import re
import sys
from pathlib import Path

import numpy as np
from check_symbols import check_symbols


def call(name: str) -> Path:
    """Calls everything in the module `name`; returns its file."""
    module = importlib.import_module(name)
    np.testing.assert_array_equal(module.tripled([1.0, 2.0]), [3.0, 6.0])
    values = np.arange(3.0)
    module.scale(values, 10.0)
    np.testing.assert_array_equal(values, [0.0, 10.0, 20.0])
    assert module.total(values) == 30.0
    return Path(module.__file__)


def declared(build: Path, name: str) -> str:
    """What the body of the module `name` declares to a free-threaded interpreter."""
    bodies = [*build.glob(f"cython_ufunc/{name}/{name}.c"), *build.glob(f"{name}.*.p/scaling.c")]  # CMake's or Meson's
    if name == "_cyutility":
        bodies += build.glob("subprojects/cython-ufunc/meson/shared_utility/shared_utility.c")
    body = bodies[0].read_text()
    # The last of the definitions is that for builds that do not choose by a macro of their own.
    return str(re.findall(r"define __Pyx_FREETHREADING_COMPATIBLE (\w+)", body)[-1])


def main(build: Path, calls_only: bool) -> None:
    """Checks what this interpreter can."""
    files = [call("limited"), call("limited_cxx"), call("limited_shared")]
    shared = importlib.import_module("_cyutility")
    files.append(Path(shared.__file__))
    # Cython before 3.2 has none to share.
    if hasattr(shared, "memoryview"):
        assert files[2].stat().st_size < files[0].stat().st_size / 2, "nothing is shared"
        assert declared(build, "_cyutility") == "Py_MOD_GIL_NOT_USED"
    if not calls_only:
        check_symbols(files)

    file = call("free_threaded")
    assert ".abi3." not in file.name
    assert declared(build, "free_threaded") == "Py_MOD_GIL_NOT_USED"
    assert declared(build, "limited") == "Py_MOD_GIL_USED"
    print("stable-abi: the modules work; of FREE_THREADED only the directive's effect in the body was checked")


main(Path(sys.argv[1]), "--calls-only" in sys.argv[2:])
