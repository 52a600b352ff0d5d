# SPDX-License-Identifier: BSD-3-Clause
"""What the tests of packages share: copies of projects, the environments they are built and called in, and wheels."""

import argparse
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import List, NamedTuple, Optional

BACKENDS = ("scikit-build-core", "meson-python")
# Nothing that a wheel was built with is needed to use it.
_IN_CLEAN = """
import importlib.util
for name in ["Cython", "cython_ufunc", "mesonpy", "scikit_build_core"]:
    assert not importlib.util.find_spec(name), f"{name} is installed here"
"""


class Arguments(NamedTuple):
    """The arguments of a check.py."""

    scratch: Path  # a new folder
    clean_python: str
    cython_ufunc: Path  # the folder with its wheel


def read_arguments(description: Optional[str]) -> Arguments:
    """Reads the command line of a check.py; `description` is its docstring."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--clean-python", required=True)
    parser.add_argument("--cython-ufunc", type=Path, required=True)
    options = parser.parse_args()
    scratch = options.scratch.resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    return Arguments(scratch, options.clean_python, options.cython_ufunc)


def run(*command: object, cwd: Optional[Path] = None, **variables: str) -> str:
    """Runs a command, in no folder of interest unless `cwd` says so; returns its output, stderr included.

    `variables` are added to the process environment. The programs of this environment (Meson, Ninja) are on PATH.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **variables}
    for name in ("CythonUfunc_DIR", "CMAKE_PREFIX_PATH", "PYTHONPATH"):
        if name not in variables:
            environment.pop(name, None)
    result = subprocess.run(
        [str(word) for word in command],
        cwd=cwd or "/",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if result.returncode != 0:
        sys.exit(f"{command}: exit code {result.returncode}\n{result.stdout}")
    return result.stdout


def copy_project(project: Path, folder: Path, backend: str) -> Path:
    """Makes `folder` a copy of `project` for the build backend; returns it.

    A project for both backends has `<backend>.toml`, which becomes `pyproject.toml`.
    """
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns("__pycache__", "check.py", "tests.cmake"))
    if (folder / f"{backend}.toml").is_file():
        shutil.copy2(folder / f"{backend}.toml", folder / "pyproject.toml")
        for name in BACKENDS:
            (folder / f"{name}.toml").unlink()
    return folder


def commit(folder: Path) -> None:
    """Makes `folder` a git repository with one commit, as Meson wants it for an sdist."""
    git = ["git", "-C", str(folder), "-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=Snapshot"]):
        run(*git, *arguments)


class Environment:
    """A new virtual environment in `folder`, which sees the packages of the one that has the interpreter `outer`."""

    def __init__(self, folder: Path, outer: str = sys.executable) -> None:
        run(outer, "-m", "venv", "--without-pip", folder)
        self.python = folder / "bin" / "python"
        site = 'import sysconfig; print(sysconfig.get_path("purelib"))'
        outer_site = run(outer, "-c", site).strip()
        Path(run(self.python, "-c", site).strip(), "outer.pth").write_text(outer_site + "\n")

    def cython_ufunc(self, *arguments: object) -> None:
        """Runs the command `cython-ufunc` of the package installed here."""
        run(self.python, "-m", "cython_ufunc", *arguments)

    def install(self, *arguments: object) -> None:
        """Installs wheels, or what else pip's arguments say, without their dependencies and from no index."""
        run(self.python, "-m", "pip", "install", "--no-deps", "--no-index", "--no-build-isolation", *arguments)

    def wheel(self, project: Path, folder: Path, *arguments: object) -> Path:
        """Builds the wheel of a project, a folder or an sdist, with what is installed here; returns it."""
        run(self.python, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", folder, *arguments, project)
        return only(folder, "*.whl")

    def sdist(self, project: Path, folder: Path) -> Path:
        """Builds the sdist of a project with what is installed here; returns it."""
        run(self.python, "-m", "build", "--sdist", "--no-isolation", "--outdir", folder, project)
        return only(folder, "*.tar.gz")

    def call(self, code: str, **variables: str) -> str:
        """Runs `code`; returns what it printed."""
        return run(self.python, "-c", code, cwd=None, **variables)


def call_in_clean_environment(folder: Path, clean_python: str, wheels: List[Path], code: str) -> None:
    """Installs `wheels` beside the packages of `clean_python`, NumPy alone, and runs `code` there."""
    environment = Environment(folder, clean_python)
    environment.install(*wheels)
    environment.call(_IN_CLEAN + code)


def call_and_repair(wheel: Path, scratch: Path, clean_python: str, code: str) -> Optional[Path]:
    """Runs `code` in clean environments with the wheel, then with what auditwheel makes of it; returns the latter."""
    call_in_clean_environment(scratch / "clean", clean_python, [wheel], code)
    print(f"{wheel.name}: works in a clean environment")
    if sys.platform != "linux":
        print("Not tested: auditwheel, which is for Linux")
        return None
    repaired = repair(wheel, scratch / "repaired")
    call_in_clean_environment(scratch / "clean-repaired", clean_python, [repaired], code)
    print(f"auditwheel -> {repaired.name}: works in a clean environment")
    return repaired


def files_of(wheel: Path) -> List[str]:
    """The names of the files that a wheel installs, sorted, without those that tell of it."""
    return sorted(name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name)


def repair(wheel: Path, folder: Path) -> Path:
    """What auditwheel makes of a wheel: it may be published, and has in it the shared libraries that it needs."""
    run(sys.executable, "-m", "auditwheel", "repair", "-w", folder, wheel)
    repaired = only(folder, "*.whl")
    assert "manylinux" in repaired.name or "musllinux" in repaired.name, repaired
    return repaired


def only(folder: Path, pattern: str) -> Path:
    """The one file of `folder` that matches, as an absolute path."""
    found = list(folder.resolve().glob(pattern))
    assert len(found) == 1, found
    return found[0]
