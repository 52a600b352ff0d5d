"""Stops at lines of the .pyx by gdb, and prints where it is.

Usage: check.py <build directory>
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "ci"))
from common.environment import can_install, install_debian_packages  # noqa: E402

BUILD = Path(sys.argv[1]).resolve()
PROJECT = BUILD.parent / "source" if (BUILD.parent / "source").is_dir() else HERE

if not shutil.which("gdb"):
    if not can_install():
        print("Not tested: stopping at a .pyx line; there is no gdb, and only root can install it")
        sys.exit(77)
    install_debian_packages(["gdb"])

code = "from mypkg import shapes; assert shapes.area(3.0, 4.0) == 6 and shapes.doubled(1.0) == 2; print('called')"
commands = [
    "set breakpoint pending on",
    "set debuginfod enabled off",
    "break shapes.pyx:11",
    "break halves.pxd:2",
    "break shapes.pyx:7",
    "run",
    "backtrace 3",
    "next",
    "print __pyx_v_result",
    "continue",
    "backtrace 1",
    "continue",
    "backtrace 1",
    "continue",
]
arguments = [word for command in commands for word in ("-ex", command)]
result = subprocess.run(
    ["gdb", "-batch", "-nx", *arguments, "--args", sys.executable, "-c", code],
    stdout=subprocess.PIPE,
    stderr=subprocess.STDOUT,
    text=True,
)
print(result.stdout)
source = re.escape(str(PROJECT / "mypkg" / "shapes.pyx"))
expected = [
    rf"#0 .*area_of.* \(__pyx_v_width=3, __pyx_v_height=4\) at {source}:11\n",
    rf"#1 .*area.* at {source}:16\n",
    r"12\s+return result\n",  # the source's own text
    r"\$1 = 12\n",
    rf"#0 .*half.* \(__pyx_v_x=12\) at {re.escape(str(PROJECT / 'mypkg' / 'halves.pxd'))}:2\n",
    rf"#0 .*doubled.* at {source}:7\n",
    "called\n",
]
rest = result.stdout
for pattern in expected:
    found = re.search(pattern, rest)
    assert found, f"not found after the others: {pattern}"
    rest = rest[found.end() :]
print("debugging: gdb stops at the lines of .pyx and .pxd files, and shows them")
