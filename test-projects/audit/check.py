"""Builds this project with the headers of NumPy 2.5.0, which offer a function too early, and with those of 2.5.2.

Usage: check.py <scratch folder> (--cmake-package <folder> | --meson <meson>) --c-compiler <program> --cxx-compiler <program>
"""

import argparse
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import List, Tuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "ci"))

from common.package_index import fetch_file  # noqa: E402

TAGS = "cp312-cp312-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl"
WHEELS = {
    "2.5.0": "aaa760137137e8d3c920d27927748215b56014f92667dc9b6c27dfc61249255a",
    "2.5.2": "3cdec01fa790a186d430433fdd4d4ffb70eed6f0eeb4bf05c8dbe2dce0a9bcb8",
}


def unpack_headers(release: str, folder: Path) -> Path:
    """The include folder of that NumPy."""
    wheel = fetch_file("numpy", f"numpy-{release}-{TAGS}", WHEELS[release], ROOT / ".cache" / "numpy-wheels")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(
            folder, [name for name in archive.namelist() if name.endswith((".h", ".pxd", ".py", "METADATA"))]
        )
    return folder / "numpy" / "_core" / "include"


def run(*command: object) -> Tuple[int, str]:
    """Exit code and output."""
    result = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return result.returncode, " ".join(result.stdout.split())


def run_well(*command: object) -> str:
    """The output of what has to work."""
    code, output = run(*command)
    assert code == 0, output
    return output


def build_by_cmake(options: argparse.Namespace, include: Path, build: Path) -> str:
    """Configures and builds; returns what configuring said."""
    said = run_well(
        "cmake", "-S", HERE, "-B", build, "-G", "Ninja", f"-DCythonUfunc_DIR={options.cmake_package}",
        f"-DPython_EXECUTABLE={sys.executable}", f"-DPython_NumPy_INCLUDE_DIR={include}",
        f"-DCMAKE_C_COMPILER={options.c_compiler}", f"-DCMAKE_CXX_COMPILER={options.cxx_compiler}",
    )  # fmt: skip
    run_well("cmake", "--build", build)
    return said


def build_by_meson(options: argparse.Namespace, include: Path, build: Path) -> str:
    """The same."""
    build.mkdir(parents=True)
    native = build / "headers.ini"
    native.write_text(f"[properties]\nnumpy-include-dir = '{include}'\n")
    driver = ROOT / "ci" / "testing" / "meson_setup.py"
    said = run_well(
        sys.executable, driver, options.meson, HERE, build, "--python", sys.executable,
        "--c-compiler", options.c_compiler, "--cxx-compiler", options.cxx_compiler,
        "--setup-args", f"--native-file={native}",
    )  # fmt: skip
    run_well(options.meson, "compile", "-C", build / "build")
    return said


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--cmake-package", type=Path)
    parser.add_argument("--meson")
    parser.add_argument("--c-compiler", required=True)
    parser.add_argument("--cxx-compiler", required=True)
    options = parser.parse_args()
    subprocess.run(["rm", "-rf", str(options.scratch)], check=True)
    problems: List[str] = []
    for release in WHEELS:
        include = unpack_headers(release, options.scratch / f"numpy-{release}")
        build = options.scratch / f"build-{release}"
        if options.meson:
            said = build_by_meson(options, include, build)
            code, tested = run(options.meson, "test", "-C", build / "build", "--print-errorlogs", "audit.durations")
        else:
            said = build_by_cmake(options, include, build)
            code, tested = run("ctest", "--test-dir", build, "--output-on-failure", "-R", "audit.durations")
        warned = "the headers of NumPy 2.5.0 offer functions that NumPy has since 2.5 to modules for older ones" in said
        found = "uses array[378] (_PyTimedeltaScalarObject_GetValue)" in tested
        if (warned, found, code != 0) != ((True,) * 3 if release == "2.5.0" else (False,) * 3):
            problems.append(f"{release}: warned {warned}, found {found}, exit code {code}\n{said}\n{tested}")
    assert not problems, "\n".join(problems)


main()
