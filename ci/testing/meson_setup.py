# SPDX-License-Identifier: BSD-3-Clause
"""Sets a copy of a project up with Meson, with cython-ufunc among its subprojects.

The copy is <work folder>/source, the build directory <work folder>/build.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Optional, Sequence

ROOT = Path(__file__).resolve().parents[2]


WRAP = """[wrap-git]
url = {url}
revision = main
depth = 1

[provide]
dependency_names = cython-ufunc
program_names = cython-ufunc
"""


def stage(project: Path, source: Path, repository: Optional[Path]) -> None:
    """Makes `source` a copy of `project`, with this source tree, or a wrap of `repository`, in `subprojects`."""
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(project, source, ignore=shutil.ignore_patterns("__pycache__", "build*"))
    vendored = source / "subprojects" / "cython-ufunc"
    vendored.parent.mkdir(exist_ok=True)
    if repository:
        vendored.with_suffix(".wrap").write_text(WRAP.format(url=repository.as_uri()), encoding="utf-8")
    else:
        vendored.symlink_to(ROOT, target_is_directory=True)


def write_native_file(path: Path, python: str, c_compiler: str, cxx_compiler: str) -> None:
    """Writes the machine file by which Meson takes this interpreter and these compilers."""
    binaries = {"python": python, "c": c_compiler, "cpp": cxx_compiler}
    values = {name: value.replace("\\", "\\\\").replace("'", "\\'") for name, value in binaries.items()}
    lines = [f"{name} = '{value}'" for name, value in values.items()]
    path.write_text("\n".join(["[binaries]", *lines, ""]), encoding="utf-8")


def main() -> int:
    """Runs the script; returns Meson's exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("meson")
    parser.add_argument("project", type=Path)
    parser.add_argument("work_folder", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--c-compiler", default="cc")
    parser.add_argument("--cxx-compiler", default="c++")
    parser.add_argument("--wrap", type=Path, metavar="REPOSITORY")
    parser.add_argument("--flags", nargs="*", metavar="NAME=FLAGS", default=[], help="CFLAGS=... and others")
    parser.add_argument("--setup-args", nargs=argparse.REMAINDER, default=[], help="arguments of meson setup")
    options = parser.parse_args()
    return setup(
        options.meson,
        options.project,
        options.work_folder,
        [options.python, options.c_compiler, options.cxx_compiler],
        options.setup_args,
        options.wrap,
        options.flags,
    )


def setup(
    meson: str,
    project: Path,
    work_folder: Path,
    binaries: Sequence[str],
    arguments: Sequence[str],
    repository: Optional[Path] = None,
    flags: Sequence[str] = (),
) -> int:
    """Stages `project` and runs `meson setup`.

    `binaries`: the interpreter, the C and the C++ compiler; `flags`: `CFLAGS=...` and others for the environment.
    """
    work_folder.mkdir(parents=True, exist_ok=True)
    source, build = work_folder / "source", work_folder / "build"
    stage(project, source, repository)
    native_file = work_folder / "native.ini"
    write_native_file(native_file, *binaries)
    again = ["--wipe"] if (build / "meson-private" / "coredata.dat").is_file() else []
    command = [meson, "setup", *again, "--native-file", str(native_file), *arguments, str(build), str(source)]
    environment = {name: value for name, value in os.environ.items() if name not in ("CFLAGS", "CXXFLAGS", "LDFLAGS")}
    environment.update({name: value for name, _, value in (flag.partition("=") for flag in flags)})
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
