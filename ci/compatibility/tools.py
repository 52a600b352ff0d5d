# SPDX-License-Identifier: BSD-3-Clause
"""The programs that cells are built with: compilers, CMake and Meson."""

import functools
import shutil
import sys
from pathlib import Path
from typing import NamedTuple, Optional, Tuple

from common.environment import ROOT

from compatibility.packages import find_release, make_uv_environment


class Compilers(NamedTuple):
    """A C and a C++ compiler."""

    c: str
    cxx: str


def zig_compilers(target: str = "") -> Compilers:
    """Commands for the Clang in the package `ziglang`, which is one program with subcommands.

    `target` is what they compile for, such as x86_64-linux-musl; the default is this machine.
    """
    release = find_release(Path(sys.executable), "ziglang", "newest")
    python = make_uv_environment(f"ziglang-{release}", Path(sys.executable), [f"ziglang=={release}"])
    zig = next(python.parent.parent.glob("lib/python*/site-packages/ziglang/zig"))
    cache = ROOT / ".cache" / "zig"
    suffix, option = (f"-{target}", f" -target {target}") if target else ("", "")
    commands = []
    for language in ("cc", "c++"):
        script = python.with_name(f"zig-{language}{suffix}")
        text = f'#!/bin/sh\nZIG_GLOBAL_CACHE_DIR="{cache}" exec "{zig}" {language}{option} "$@"\n'
        if not script.is_file() or script.read_text() != text:
            script.write_text(text)
            script.chmod(0o755)
        commands.append(str(script))
    return Compilers(*commands)


def find_compilers(name: str) -> Optional[Compilers]:
    """The compilers of a value of the axis `compiler`; None when this machine has none."""
    if name == "newest Clang":
        return zig_compilers()
    family, _, version = name.partition(" ")
    names = {"GCC": ("gcc", "g++"), "Clang": ("clang", "clang++")}[family]
    paths = [shutil.which(f"{program}-{version}") for program in names]
    return Compilers(*filter(None, paths)) if all(paths) else None


@functools.lru_cache(maxsize=None)
def find_tool(name: str) -> Tuple[str, Path]:
    """The release and the program of a value of the axis `tool`, such as `CMake 3.21`."""
    project, _, series = name.lower().partition(" ")
    release = find_release(Path(sys.executable), project, series)
    python = make_uv_environment(f"{project}-{release}", Path(sys.executable), [f"{project}=={release}"])
    return release, python.with_name(project)
