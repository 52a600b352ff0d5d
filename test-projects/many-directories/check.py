"""Imports and calls each module, with the interpreter of its directory, and looks at what the wrapped ones were made of.

Usage: check.py <build directory> <interpreter of the directory other-numpy>
"""

import subprocess
import sys
from pathlib import Path

BUILD = Path(sys.argv[1])
OTHER = sys.argv[2]
CALL = """
import sys, numpy
sys.path.insert(0, {folder!r})
import {module} as module
assert module.filled(3.0).tolist() == [3.0], module.filled(3.0)
if hasattr(module, "built_with"):
    assert module.built_with() == int(numpy.__version__.split(".")[0]), (module.built_with(), numpy.__version__)
"""


def call(python: str, folder: str, module: str) -> None:
    """Imports the module in `folder` of the build, and calls it."""
    subprocess.run([python, "-c", CALL.format(folder=str(BUILD / folder), module=module)], check=True)
    print(f"{module}: called")


call(sys.executable, "covered", "covered")
call(sys.executable, "plain", "plain")
call(sys.executable, "plain", "by_hand")
call(OTHER, "other-numpy", "other")
call(OTHER, "other-numpy", "other_by_hand")
call(OTHER, "nested", "outer")
call(sys.executable, "nested/inner", "inner")
call(OTHER, "nested/explicit", "explicit")
call(OTHER, "tools", "beside_tools")
call(OTHER, "tools", "without_postfix")
call(sys.executable, "wrapped", "wrapped")
call(sys.executable, "wrapped", "wrapped_module")

wrapped = BUILD / "wrapped"
assert (wrapped / "filled_again.pyx").is_file(), "OUTPUT_DIRECTORY of another function moved the template's file"
assert not (wrapped / "ours").exists()
assert "return 1\n" in (wrapped / "filled_again.pyx").read_text(), "DEFINE of another function got into the template"
arguments = "".join(path.read_text() for path in wrapped.rglob("*.arguments"))
for option in ("--coverage", "--free-threaded", "--language-was-read", "--shared-utility", "--limited-api"):
    assert option not in arguments, f"{option} is from the keywords of another function"
print("what wraps the functions does not reach into them")
