# SPDX-License-Identifier: BSD-3-Clause
"""What the scripts here need of the machine: Debian's packages where they are missing, and virtual environments.

Usage: environment.py <folder> <requirement> ...
  makes a virtual environment with these packages, unless it is there already
"""

import contextlib
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Dict, Iterator, List, Sequence

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENTS = ROOT / ".cache" / "environments"
# A folder of the system, as is what is locked; only root installs.
_APT = Path("/var/cache/apt/cython-ufunc")


def _missing_debian_packages() -> List[str]:
    """Debian's packages for what this machine lacks of a compiler, Python's headers, pip, CMake and Ninja."""
    has_headers = Path(sysconfig.get_paths()["include"], "Python.h").is_file()
    have: Dict[str, bool] = {
        "g++": bool(shutil.which("c++") and shutil.which("cc")),
        "cmake": bool(shutil.which("cmake")),
        "ninja-build": bool(shutil.which("ninja")),
        "make": bool(shutil.which("make")),
        "git": bool(shutil.which("git")),
        "binutils": bool(shutil.which("nm")),
        "python3-dev": has_headers,
        "python3-venv": _can_make_environments(),
    }
    return [package for package, there in have.items() if not there]


def _can_make_environments() -> bool:
    """Debian ships venv without the pip it would install."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


def can_install() -> bool:
    """True for the superuser of a Debian system."""
    return os.name == "posix" and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def install_debian_packages(packages: Sequence[str]) -> None:
    """Installs `packages`, as root; else says which they are and stops."""
    if not packages:
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not can_install():
        sys.exit(f"This machine lacks {', '.join(packages)} (Debian's names). Install them: sudo {' '.join(install)}")
    print(f"Installing Debian's packages {', '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with lock(_APT):  # tests that run side by side install what they need
        subprocess.run(["apt-get", "update", "--quiet"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*install, "--quiet", "--option=DPkg::Lock::Timeout=600"], check=True, env=environment)


def prepare_machine() -> None:
    """Installs what is missing of Debian's packages, as root; else says which and stops. Does nothing elsewhere."""
    if sys.platform == "linux":
        install_debian_packages(_missing_debian_packages())


def python_of(folder: Path) -> Path:
    """The interpreter of the environment in `folder`."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Keeps other runs from making the same folder at the same time."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_environment(folder: Path, requirements: Sequence[str]) -> Path:
    """Makes the environment with this interpreter, or brings it up to date; returns the environment's interpreter."""
    with lock(folder):
        stamp = folder / "requirements.txt"
        wanted = "\n".join([sys.version, *requirements])
        python = python_of(folder)
        if stamp.is_file() and stamp.read_text() == wanted:
            return python
        print(f"Making {folder} with {', '.join(requirements)}", flush=True)
        venv.EnvBuilder(with_pip=True, clear=True).create(folder)
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
        subprocess.run(command, check=True)
        stamp.write_text(wanted)
        return python


if __name__ == "__main__":
    print(make_environment(Path(sys.argv[1]), sys.argv[2:]))
