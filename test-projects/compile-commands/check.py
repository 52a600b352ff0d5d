"""Reads compile_commands.json as an editor does: each file of the module is parsed by the command it has there.

Usage: check.py <build directory>
"""

import json
import shlex
import subprocess
import sys
from pathlib import Path

from mypkg import sums

BUILD = Path(sys.argv[1]).resolve()

assert sums.total([1.0, 2.0, 4.0]) == 7

commands = {}
for entry in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")):
    path = Path(entry["directory"], entry["file"]).resolve()
    assert path.is_file(), f"{path} is in {BUILD / 'compile_commands.json'}, but not there"
    commands[path.name] = entry
missing = {"sums.c", "sums_init.cpp", "total.cpp"} - set(commands)
assert not missing, f"no command for {missing}; found {sorted(commands)}"
for name, entry in commands.items():
    command = [*shlex.split(entry["command"]), "-fsyntax-only"]
    result = subprocess.run(command, cwd=entry["directory"], stderr=subprocess.PIPE, text=True)
    assert result.returncode == 0, f"{name}: {entry['command']}\n{result.stderr}"
print(f"compile-commands: {len(commands)} files are parsed by their commands")
