# SPDX-License-Identifier: BSD-3-Clause
"""What there is to know of a machine that is built for, and the files that tell it to CMake and Meson."""

from pathlib import Path
from typing import Dict, List, NamedTuple, Sequence


class Machine(NamedTuple):
    """A machine that is built for, and its emulator."""

    name: str
    system: str  # as CMake calls it
    processor: str
    cpu_family: str  # as Meson calls it
    compilers: Sequence[str]  # C, C++, ar and strip
    flags: Sequence[str]
    link_flags: Sequence[str]
    emulator: Path  # a program that runs the machine's programs
    python: Path  # its interpreter
    python_include: Path
    python_library: Path  # to link modules to; on other systems than Windows a module needs none
    numpy_include: Path
    build_details: Path  # PEP 739


def toolchain_file(machine: Machine) -> str:
    """What CMAKE_TOOLCHAIN_FILE names."""
    flags = " ".join(machine.flags)
    link_flags = " ".join(machine.link_flags)
    lines = [
        f"set(CMAKE_SYSTEM_NAME {machine.system})",
        f"set(CMAKE_SYSTEM_PROCESSOR {machine.processor})",
        f"set(CMAKE_C_COMPILER {machine.compilers[0]})",
        f"set(CMAKE_CXX_COMPILER {machine.compilers[1]})",
        f'set(CMAKE_C_FLAGS_INIT "{flags}")',
        f'set(CMAKE_CXX_FLAGS_INIT "{flags}")',
        f'set(CMAKE_MODULE_LINKER_FLAGS_INIT "{link_flags}")',
        f'set(CMAKE_EXE_LINKER_FLAGS_INIT "{link_flags}")',
        f'set(CMAKE_CROSSCOMPILING_EMULATOR "{machine.emulator}")',
        "set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)",
    ]
    return "\n".join([*lines, ""])


def cmake_arguments(machine: Machine) -> Dict[str, str]:
    """The variables that tell FindPython of the machine's Python and NumPy."""
    return {
        "Python_INCLUDE_DIR": str(machine.python_include),
        "Python_LIBRARY": str(machine.python_library),
        "Python_NumPy_INCLUDE_DIR": str(machine.numpy_include),
        "CYTHON_UFUNC_TARGET_PYTHON": str(machine.python),
    }


def _meson_list(values: Sequence[str]) -> str:
    return "[" + ", ".join(f"'{value}'" for value in values) + "]"


def cross_file(machine: Machine, python: Path, described: bool = True) -> str:
    """Meson's cross file; `python` is the build machine's interpreter.

    `described`: the file tells of the target's Python and NumPy; else `python` says what they say, as crossenv's does.
    """
    c, cpp, ar, strip = machine.compilers
    numpy = [f"numpy-include-dir = '{machine.numpy_include}'"] if described else []
    build_config = [f"python.build_config = '{machine.build_details}'"] if described else []
    lines: List[str] = [
        "[binaries]",
        f"c = '{c}'",
        f"cpp = '{cpp}'",
        f"ar = '{ar}'",
        f"strip = '{strip}'",
        f"exe_wrapper = '{machine.emulator}'",
        f"python = '{python}'",
        "",
        "[properties]",
        *numpy,
        "",
        "[built-in options]",
        *build_config,
        *(f"{language}_args = {_meson_list(machine.flags)}" for language in ("c", "cpp")),
        *(f"{language}_link_args = {_meson_list(machine.link_flags)}" for language in ("c", "cpp")),
        "",
        "[host_machine]",
        f"system = '{machine.system.lower()}'",
        f"cpu_family = '{machine.cpu_family}'",
        f"cpu = '{machine.cpu_family}'",
        "endian = 'little'",
        "",
    ]
    return "\n".join(lines)
