"""Builds the package of this folder as one of its builds does, installs it, and calls it: the same for all of them.

Usage: check.py <build> <scratch folder> --cython-ufunc <package folder> [--cmake <program>] [--meson <program>]
  <build>  a folder beside this script: from-... is a build that the manual converts, to-... what it becomes
"""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CALLS = """
import sys
import numpy as np
from mypkg import fastmath
assert fastmath.__file__.startswith(sys.argv[1]), fastmath.__file__
assert isinstance(fastmath.add_one, np.ufunc) and list(fastmath.add_one([1.0, 2.0])) == [2.0, 3.0]
assert list(fastmath.scaled(3, 0.5)) == [0.0, 0.5, 1.0]
assert fastmath.last(np.arange(4.0)) == 3.0
"""


def run(*command: object, cwd: Path) -> str:
    """Runs a command with this environment's programs first on PATH; returns its output."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, f"{words}: exit code {done.returncode}\n{done.stdout}"
    return done.stdout


# The packages whose CMake modules a build uses, which are in this environment. Both have a UseCython.
CMAKE_MODULES = {"from-usecython": ("skbuild", "resources/cmake"), "from-cython-cmake": ("cython_cmake", "cmake")}


def module_path(build: str) -> str:
    """The folder in which CMake finds the modules that this build includes; empty for one that includes none."""
    if build not in CMAKE_MODULES:
        return ""
    package, below = CMAKE_MODULES[build]
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.origin is not None, f"{package} is not installed"
    return str(Path(spec.origin).parent / below)


def build_with_cmake(options: argparse.Namespace, source: Path, installed: Path) -> None:
    """Configures, builds and installs, by CMake."""
    arguments = [f"-DPython_EXECUTABLE={sys.executable}", f"-DPYTHON_EXECUTABLE={sys.executable}"]
    arguments += [f"-DCMAKE_MODULE_PATH={module_path(options.build)}", f"-DCythonUfunc_DIR={options.cython_ufunc}"]
    run(options.cmake, "-G", "Ninja", "-S", source, "-B", source / "build", *arguments, cwd=source)
    run(options.cmake, "--build", source / "build", cwd=source)
    run(options.cmake, "--install", source / "build", "--prefix", installed, cwd=source)


def build_with_meson(options: argparse.Namespace, source: Path, installed: Path) -> None:
    """Configures, builds and installs, by Meson."""
    if options.build.startswith("to"):
        (source / "subprojects").mkdir()
        (source / "subprojects" / "cython-ufunc").symlink_to(ROOT, target_is_directory=True)
    native = source / "native.ini"
    native.write_text(f"[binaries]\npython = '{sys.executable}'\n", encoding="utf-8")
    places = [f"-Dpython.{kind}libdir={installed}" for kind in ("pure", "plat")]
    run(options.meson, "setup", "build", "--native-file", native, *places, cwd=source)
    run(options.meson, "install", "-C", "build", cwd=source)


def build_with_setuptools(source: Path, installed: Path) -> None:
    """Builds by setup.py."""
    run(sys.executable, "setup.py", "build", f"--build-lib={installed}", cwd=source)


def main() -> None:
    """Builds and calls one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build")
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--cython-ufunc", type=Path, required=True)
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--meson", default="meson")
    options = parser.parse_args()
    scratch = options.scratch.resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    source, installed = scratch / "source", scratch / "installed"
    shutil.copytree(HERE / options.build, source)
    shutil.copytree(HERE / "mypkg", source / "mypkg", ignore=shutil.ignore_patterns("__pycache__"))
    if (source / "setup.py").is_file():
        build_with_setuptools(source, installed)
    elif (source / "meson.build").is_file():
        build_with_meson(options, source, installed)
    else:
        build_with_cmake(options, source, installed)
    (installed / "mypkg" / "__init__.py").touch()  # what is converted here is the module
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    subprocess.run([sys.executable, "-c", CALLS, str(installed)], cwd=scratch, env=environment, check=True)
    print(f"{options.build}: built, installed and called")


main()
