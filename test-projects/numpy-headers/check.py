"""Builds this project for a Python that has another NumPy's headers beside its own, and calls it.

Usage: check.py <scratch folder> (--cmake-package <folder> | --meson <meson>) [--c-compiler <program> --cxx-compiler <program>]

Those headers are an error to include.
"""

import argparse
import json
import shutil
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "ci"))

from testing.packages import run  # noqa: E402

CALL = "import halves; assert list(halves.half([3.0])) == [1.5] and list(halves.ones(2)) == [1.0, 1.0]"


def make_headers(folder: Path) -> Path:
    """Makes `folder` one with this Python's headers and those of a NumPy that is not this Python's; returns it."""
    folder.mkdir(parents=True)
    for header in Path(sysconfig.get_path("include")).iterdir():
        if header.name != "numpy":
            (folder / header.name).symlink_to(header)
    others = folder / "numpy"
    others.mkdir()
    for name in ("arrayobject", "ndarrayobject", "ndarraytypes", "npy_math", "numpyconfig", "ufuncobject"):
        (others / f"{name}.h").write_text('#error "the headers of the wrong NumPy"\n')
    return folder


def build_by_cmake(options: argparse.Namespace, headers: Path, *arguments: str, **variables: str) -> Path:
    """Configures with `variables` in the environment, and builds; returns the build directory."""
    build: Path = options.scratch / "build"
    run(
        "cmake", "-S", HERE, "-B", build, "-G", "Ninja", f"-DCythonUfunc_DIR={options.cmake_package}",
        f"-DPython_EXECUTABLE={sys.executable}", f"-DPython_INCLUDE_DIR={headers}",
        f"-DCMAKE_C_COMPILER={options.c_compiler}", f"-DCMAKE_CXX_COMPILER={options.cxx_compiler}", *arguments,
        **variables,
    )  # fmt: skip
    run("cmake", "--build", build)
    return build


def check_unknown_release(options: argparse.Namespace, headers: Path) -> None:
    """NumPy's headers are named, and the NumPy of this Python cannot be imported: its release is not known."""
    hidden = options.scratch / "hidden" / "numpy"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError\n")
    shutil.rmtree(options.scratch / "build")
    include = run(sys.executable, "-c", "import numpy; print(numpy.get_include())").strip()
    named = f"-DPython_NumPy_INCLUDE_DIR={include}"
    build = build_by_cmake(options, headers, named, PYTHONPATH=str(hidden.parent))
    run(sys.executable, "-c", CALL, PYTHONPATH=str(build))


def build_by_meson(options: argparse.Namespace, headers: Path) -> Path:
    """Returns the build directory."""
    details = options.scratch / "build-details.json"
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    version = "{}.{}".format(*sys.version_info[:2])
    text = {
        "schema_version": "1.0",
        "base_prefix": sys.base_prefix,
        "platform": sysconfig.get_platform(),
        "language": {"version": version},
        "implementation": {"name": "cpython"},
        "abi": {"flags": [], "extension_suffix": suffix, "stable_abi_suffix": ".abi3.so"},
        "libpython": {"link_extensions": False},
        "c_api": {"headers": str(headers)},
    }
    details.write_text(json.dumps(text))
    driver = HERE.parents[1] / "ci" / "testing" / "meson_setup.py"
    run(
        sys.executable, driver, options.meson, HERE, options.scratch, "--python", sys.executable,
        "--c-compiler", options.c_compiler, "--cxx-compiler", options.cxx_compiler,
        "--setup-args", f"-Dpython.build_config={details}",
    )  # fmt: skip
    run(options.meson, "compile", "-C", options.scratch / "build")
    return options.scratch / "build"


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--cmake-package")
    parser.add_argument("--meson")
    parser.add_argument("--c-compiler", default="cc")
    parser.add_argument("--cxx-compiler", default="c++")
    options = parser.parse_args()
    options.scratch = options.scratch.resolve()
    shutil.rmtree(options.scratch, ignore_errors=True)
    headers = make_headers(options.scratch / "include")
    build = (build_by_meson if options.meson else build_by_cmake)(options, headers)
    commands = run("ninja", "-C", build, "-t", "commands", "all")
    assert f"{headers}" in commands, f"the compiler does not look into {headers}\n{commands}"
    run(sys.executable, "-c", CALL, PYTHONPATH=str(build))
    if options.cmake_package:
        check_unknown_release(options, headers)
    print("numpy-headers: another NumPy's headers beside Python's are not taken")


main()
