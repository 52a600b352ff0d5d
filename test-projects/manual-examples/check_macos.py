"""Reads the command lines that CMake generates for macOS. Nothing is compiled: there is no macOS here.

Usage: check_macos.py <scratch directory> <cmake argument> ...
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
SUFFIX = "cpython-313-darwin"  # what Python says there; here it cannot be asked
scratch = Path(sys.argv[1])
shutil.rmtree(scratch, ignore_errors=True)
scratch.mkdir(parents=True)
# After project(), because CMake needs Apple's SDK before.
architectures = scratch / "architectures.cmake"
architectures.write_text("set(CMAKE_OSX_ARCHITECTURES x86_64 arm64)\n")
command = ["cmake", "-S", str(PROJECT), "-B", str(scratch / "build"), "-G", "Ninja", "-DCMAKE_SYSTEM_NAME=Darwin"]
command += ["-DCMAKE_SYSTEM_PROCESSOR=arm64", f"-DCMAKE_PROJECT_INCLUDE={architectures}", f"-DSKBUILD_SOABI={SUFFIX}"]
command += [f"-DCMAKE_{language}_COMPILER_WORKS=ON" for language in ("C", "CXX")]
run = subprocess.run(command + sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
assert run.returncode == 0, run.stdout

ninja = (scratch / "build" / "build.ninja").read_text()
rules = (scratch / "build" / "CMakeFiles" / "rules.ninja").read_text()

compiled = re.findall(r"^  FLAGS = (.*)", ninja, re.MULTILINE)
assert len(compiled) == 3, compiled  # the runtime, the body, the shim
for flags in compiled:
    assert "-arch x86_64 -arch arm64" in flags and "-fvisibility=hidden" in flags, flags
    assert "march" not in flags, flags

link = re.search(rf"^build examples\.{SUFFIX}\.so: .*\n((?:  .*\n)+)", ninja, re.MULTILINE)
assert link, "the module's name is not one that Python imports on macOS"
settings = dict(re.findall(r"^  (\w+) = (.*)", link[1], re.MULTILINE))
assert re.search(r"-undefined\W.*dynamic_lookup", settings["LINK_FLAGS"]), settings
assert "libpython" not in settings.get("LINK_LIBRARIES", ""), settings
command_line = re.search(r"command = .*-bundle.*", rules)
assert command_line, "a module on macOS is a bundle"
# A bundle is opened by its path, and has no name of its own to be found by.
assert "-install_name" not in command_line[0] + link[1], command_line[0]

print("macos: the command lines for a universal bundle that Python's symbols are looked up for when it is loaded")
