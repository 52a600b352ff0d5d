"""Checks that the CMake functions and the transpiler read `# distutils: language` alike, and as Cython's own build does.

Usage: check.py <cmake> <scratch folder>
"""

import re
import subprocess
import sys
from pathlib import Path

from Cython.Build.Dependencies import DistutilsInfo
from language_cases import CASES

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "transpiler"))

from cython_ufunc.steps.transpile import language_said  # noqa: E402

CMAKE_NAMES = {"": "", "c": "C", "c++": "CXX"}


def said_to_cmake(cmake: str, scratch: Path) -> "dict[str, str]":
    """The language that the CMake function finds in each case, by the case's name."""
    folder = scratch / "cases"
    folder.mkdir(parents=True, exist_ok=True)
    names = dict(zip(CASES, (f"case_{number}" for number in range(len(CASES)))))
    for name, (text, _) in CASES.items():
        (folder / f"{names[name]}.pyx").write_bytes(text.encode())
    definitions = [f"-DCASES={folder}", f"-DCYTHON_UFUNC_SOURCE_DIR={ROOT}"]
    command = [cmake, "-S", str(Path(__file__).resolve().parent), "-B", str(scratch / "build"), *definitions]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    found = dict(re.findall(r"language (\w+) \[(\w*)\]", output))
    return {name: found[names[name]] for name in CASES}


def main(cmake: str, scratch: Path) -> None:
    by_cmake = said_to_cmake(cmake, scratch)
    for name, (text, expected) in CASES.items():
        by_cython = DistutilsInfo(text.replace("\r\n", "\n")).values.get("language", "")
        assert by_cython == expected, f"{name}: Cython reads '{by_cython}', the table says '{expected}'"
        assert language_said(text) == expected, (
            f"{name}: the transpiler reads '{language_said(text)}', not '{expected}'"
        )
        assert by_cmake[name] == CMAKE_NAMES[expected], f"{name}: CMake reads '{by_cmake[name]}', not '{expected}'"
    print(f"{len(CASES)} sources, read alike by Cython, the transpiler and CMake")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
