"""Audits modules that were built for Windows, on another machine: nothing of theirs runs.

Usage: check_audit.py <build directory>
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

build = Path(sys.argv[1])
environment = {**os.environ, "PYTHONPATH": str(ROOT / "transpiler")}
command = [sys.executable, "-m", "cython_ufunc", "audit", "--json", str(build / "plain"), str(build / "cured")]
run = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment)
modules = {tuple(Path(module["file"]).parts[-2:]): module for module in json.loads(run.stdout)["modules"]}
assert len(modules) == 12, sorted(modules)
for name, module in modules.items():
    assert (module["format"], module["machine"]) == ("PE", "x86_64"), (name, module)
    # A compiler that knows that nobody writes a plain module's table leaves the table out.
    assert module["needed"] == module["declared"] == "1.20" or (name[0], module["verdict"]) == ("plain", "not used")
    # The helpers of the plain modules use a table that nobody imports for them, which is what they crash by.
    assert module["verdict"] != "violation" or (name[0] == "plain" and "_helper." in name[1]), (name, module)
(helper,) = (module for name, module in modules.items() if name[0] == "plain" and name[1].startswith("array_helper."))
found = {(slot["table"], slot["slot"]) for slot in [*helper["slots"], *helper["findings"]]}
assert ("array", 93) in found, f"PyArray_New() was not found: {helper}"
print("audit: what the modules for Windows use of NumPy's C API was read")
