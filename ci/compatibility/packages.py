# SPDX-License-Identifier: BSD-3-Clause
"""Interpreters, and environments with packages from the index that pip is configured for."""

import functools
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Dict, List, Optional, Sequence

from common.environment import ENVIRONMENTS, ROOT, lock, make_environment, python_of
from common.package_index import pip_setting


class NoPackageError(Exception):
    """The index has no wheel that fits. The text says why."""


class InstallError(Exception):
    """Packages could not be installed. The text is what uv said."""

    step = "install"


def find_interpreter(version: str) -> Optional[Path]:
    """The interpreter of a version such as 3.8: `python3.8` on PATH, or else pyenv's."""
    candidates = [shutil.which(f"python{version}")]
    pyenv = subprocess.run(["pyenv", "root"], stdout=subprocess.PIPE, text=True) if shutil.which("pyenv") else None
    if pyenv and pyenv.returncode == 0:
        releases = Path(pyenv.stdout.strip(), "versions").glob(f"{version}.*/bin/python{version}")
        candidates += [str(path) for path in sorted(releases, reverse=True)]
    for candidate in filter(None, candidates):
        # One of pyenv's shims is on PATH for versions that it does not run.
        command = [candidate, "-c", "import sys; print(sys.executable)"]
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        if run.returncode == 0:
            return Path(run.stdout.strip())
    return None


@functools.lru_cache(maxsize=None)
def _uv() -> str:
    """Astral's installer: it shares the files of packages between environments, which are many here."""
    return str(make_environment(ENVIRONMENTS / "uv", ["uv"]).with_name("uv"))


@functools.lru_cache(maxsize=None)
def _uv_settings() -> Dict[str, str]:
    settings = {
        "UV_CACHE_DIR": str(ROOT / ".cache" / "uv"),
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_CONFIG": "1",
        "UV_DEFAULT_INDEX": pip_setting("index-url", "https://pypi.org/simple"),
    }
    certificates = pip_setting("cert", "")
    return {**settings, "SSL_CERT_FILE": certificates} if certificates else settings


def _run_uv(arguments: Sequence[str], stdin: str = "") -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **_uv_settings()}
    return subprocess.run(
        [_uv(), *arguments], input=stdin, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def find_release(python: Path, project: str, series: str) -> str:
    """The newest release of `project` in `series` (such as 3.1; `newest` is any) that `python` can have as a wheel."""
    requirement = project if series == "newest" else f"{project}=={series}.*"
    if series.count(".") == 2:
        requirement = f"{project}=={series}"
    arguments = ["pip", "compile", "--quiet", "--no-header", "--no-annotate", "--no-deps", "--only-binary", ":all:"]
    run = _run_uv([*arguments, "--python", str(python), "-"], requirement)
    found = re.search(rf"^{project}==(\S+)", run.stdout, re.MULTILINE)
    if run.returncode == 0 and found:
        return found[1]
    if "No solution found" in run.stderr:
        raise NoPackageError(f"no wheel of {requirement}")
    raise InstallError(f"uv cannot look {requirement} up:\n{run.stderr}")


def make_uv_environment(name: str, python: Path, requirements: Sequence[str]) -> Path:
    """Makes an environment of the interpreter `python` with the wheels `requirements`, unless it is there already.

    Returns the environment's interpreter.
    """
    folder = ENVIRONMENTS / name
    with lock(folder):
        stamp = folder / "requirements.txt"
        wanted = "\n".join([str(python), *requirements])
        if stamp.is_file() and stamp.read_text() == wanted:
            return python_of(folder)
        install = ["pip", "install", "--quiet", "--only-binary", ":all:", "--python", str(folder)]
        commands: List[List[str]] = [["venv", "--quiet", "--clear", "--python", str(python), str(folder)]]
        if requirements:
            commands.append([*install, *requirements])
        for command in commands:
            run = _run_uv(command)
            if run.returncode:
                raise InstallError(f"uv {' '.join(command)} failed:\n{run.stderr}")
        stamp.write_text(wanted)
        return python_of(folder)
