"""Has the program, a Python with two modules inside, import and call both."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

CODE = """
import sys, counting, doubling  # counting first: the two share the tables
assert {"doubling", "counting"} <= set(sys.builtin_module_names)
print(doubling.twice([1.5, 2.0]).tolist(), counting.even(4).tolist(), counting.first_three.sum())
"""
build = Path(sys.argv[1])
folders = [str(Path(np.__file__).parent.parent), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
environment = {**os.environ, "PYTHONPATH": os.pathsep.join(folders), "PYTHONHOME": sys.base_prefix}
if os.name == "nt":  # its DLL is there
    environment["PATH"] = os.pathsep.join([sys.base_prefix, environment.get("PATH", "")])
output = subprocess.check_output([str(build / "program"), "-c", CODE], env=environment, text=True)
assert output == "[3.0, 4.0] [0, 2, 4, 6] 6\n", output

print("embedding: two modules in one executable")
