"""Checks that the CMake functions and the transpiler give and refuse alike what can be asked of a module.

Usage: check_versions.py <cmake> <scratch folder>
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Callable, List, NamedTuple
from unittest import mock

from version_cases import FREE_THREADED, MODULE_NAME, NOW, NUMPY_TARGET, STABLE_ABI, TARGETS_OF_NUMPY, Found

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "transpiler"))

from cython_ufunc import names  # noqa: E402
from cython_ufunc.cython.version import CythonInfo  # noqa: E402
from cython_ufunc.errors import UserError  # noqa: E402
from cython_ufunc.facts import requirements  # noqa: E402
from cython_ufunc.facts.requirements import NumpyInfo  # noqa: E402


class Case(NamedTuple):
    """One thing that is asked."""

    what: str
    found: Found
    include_dir: Path
    call: str  # of CMake, with FOUND for the Python's description
    ask: "Callable[[], object]"  # of the transpiler
    expected: str  # a part of the message; empty where it can be had


def headers(scratch: Path, with_targets: bool) -> Path:
    """A folder with a header like that of a NumPy which has target versions, or has none."""
    folder = scratch / ("targets" if with_targets else "no-targets")
    lines = [f"#define NPY_{version.replace('.', '_')}_API_VERSION 0x1\n" for version in TARGETS_OF_NUMPY]
    (folder / "numpy").mkdir(parents=True, exist_ok=True)
    (folder / "numpy" / "numpyconfig.h").write_text(
        "".join(lines) + "#ifdef NPY_TARGET_VERSION\n#endif\n" * with_targets
    )
    return folder


def quoted(text: str) -> str:
    """`text` as an argument of a command of CMake."""
    return f"[==[{text}]==]"


def cases(scratch: Path) -> List[Case]:
    """All of them."""
    known = headers(scratch, True)
    result = []

    def numpy_of(found: Found, folder: Path = known) -> "NumpyInfo | None":
        return NumpyInfo(found.numpy, folder) if found.numpy else None

    def is_on(found: Found) -> str:
        return "TRUE" if found.numpy else "FALSE"

    for abi, found, expected in STABLE_ABI:
        call = f"_cython_ufunc_check_stable_abi(case {quoted(abi)} {quoted(abi)} FOUND {is_on(found)})"
        ask = lambda abi=abi, found=found: requirements.limited_api(abi, numpy_of(found), found.python)  # noqa: E731
        result.append(Case(f"stable ABI {abi}", found, known, call, ask, expected))
    for found, expected in FREE_THREADED:
        call = f'_cython_ufunc_check_options(case FREE_THREADED "" FOUND {is_on(found)})'
        ask = lambda found=found: requirements.check_free_threaded(numpy_of(found))  # noqa: E731
        result.append(Case("free threading", found, known, call, ask, expected))
    for version, with_targets, expected in NUMPY_TARGET:
        folder = headers(scratch, with_targets)
        call = f"_cython_ufunc_get_numpy_target(ignored case {quoted(version)} FOUND TRUE)"
        ask = lambda version=version, folder=folder: requirements.numpy_target_macro(  # noqa: E731
            version, NumpyInfo(NOW.numpy, folder)
        )
        result.append(Case(f"NumPy target {version}", NOW, folder, call, ask, expected))
    for name, is_taken in MODULE_NAME.items():
        call = f"_cython_ufunc_get_module_name(ignored case {quoted(name)} target m.pyx)"
        ask = lambda name=name: names.check_module_name(name)  # noqa: E731
        if name:  # without a name CMake takes the target's
            result.append(Case(f"module name {name!r}", NOW, known, call, ask, "" if is_taken else "name"))
    return result


def said_by_cmake(cmake: str, scratch: Path, asked: List[Case]) -> List[str]:
    """What the CMake functions say to each case."""
    lines = []
    for number, case in enumerate(asked):
        facts = [case.found.cython, case.found.python, case.found.numpy, "1" if case.found.free_threaded else "0"]
        lines.append(f"add_found(found_{number} {' '.join(map(quoted, facts))} {quoted(case.include_dir.as_posix())})")
        lines.append(case.call.replace("FOUND", f"found_{number}"))
        lines.append(f"end_case({number})")
    path = scratch / "cases.cmake"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    project = Path(__file__).resolve().with_name("versions")
    definitions = [f"-DCASES={path}", f"-DCYTHON_UFUNC_SOURCE_DIR={ROOT}"]
    result = subprocess.run(
        [cmake, "-S", str(project), "-B", str(scratch / "versions-build"), *definitions],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    assert result.returncode == 0, result.stdout
    said = dict(re.findall(r"case (\d+) \[(.*?)\]\n", result.stdout, re.DOTALL))
    return [said[str(number)] for number in range(len(asked))]


def said_by_transpiler(case: Case) -> str:
    """What the transpiler says to the case."""
    cython = CythonInfo(case.found.cython, Path())
    found = {"find_cython": lambda: cython, "is_free_threaded": lambda: case.found.free_threaded}
    with mock.patch.multiple(requirements, **found):
        try:
            case.ask()
        except UserError as error:
            return str(error)
    return ""


def main(cmake: str, scratch: Path) -> None:
    scratch.mkdir(parents=True, exist_ok=True)
    asked = cases(scratch)
    problems = []
    for case, by_cmake in zip(asked, said_by_cmake(cmake, scratch, asked)):
        for who, said in (("CMake", by_cmake), ("the transpiler", said_by_transpiler(case))):
            if bool(said) != bool(case.expected) or case.expected not in said:
                problems.append(f"{case.what}, {case.found}: {who} says {said!r}, not {case.expected!r}")
    assert not problems, "\n".join(problems)
    print(f"{len(asked)} cases, decided alike by CMake and the transpiler")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
