# SPDX-License-Identifier: BSD-3-Clause
"""What there is to know of a machine that is built for, and the files that tell it to CMake and Meson."""

from pathlib import Path
from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Union


class Toolchain(NamedTuple):
    """The programs that build for a machine, and their flags."""

    programs: Mapping[str, Union[str, Sequence[str]]]  # by Meson's names: c, cpp, ar, ...
    c_flags: Sequence[str] = ()
    cxx_flags: Sequence[str] = ()
    link_flags: Sequence[str] = ()
    cmake_lines: Sequence[str] = ()  # what CMake's toolchain file has to say besides


class Machine(NamedTuple):
    """A machine that is built for, and its emulator."""

    name: str
    system: str  # as CMake calls it
    processor: str
    cpu_family: str  # as Meson calls it
    toolchain: Toolchain
    emulator: Optional[Path]  # a program that runs the machine's programs; without one they are only built
    python: Path  # its interpreter
    python_include: Path
    python_library: Path  # to link modules to; on other systems than Windows a module needs none
    stable_abi_library: Path  # the same for those of the stable ABI
    numpy_include: Path
    build_details: Path  # PEP 739


def toolchain_file(machine: Machine) -> str:
    """What CMAKE_TOOLCHAIN_FILE names."""
    tools = machine.toolchain
    c, cpp = (tools.programs[name] for name in ("c", "cpp"))
    link_flags = " ".join(tools.link_flags)
    lines = [
        f"set(CMAKE_SYSTEM_NAME {machine.system})",
        f"set(CMAKE_SYSTEM_PROCESSOR {machine.processor})",
        f"set(CMAKE_C_COMPILER {c if isinstance(c, str) else c[0]})",
        f"set(CMAKE_CXX_COMPILER {cpp if isinstance(cpp, str) else cpp[0]})",
        f'set(CMAKE_C_FLAGS_INIT "{" ".join(tools.c_flags)}")',
        f'set(CMAKE_CXX_FLAGS_INIT "{" ".join(tools.cxx_flags)}")',
        *(f'set(CMAKE_{kind}_LINKER_FLAGS_INIT "{link_flags}")' for kind in ("EXE", "MODULE", "SHARED")),
        "set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)",
        *tools.cmake_lines,
    ]
    if machine.emulator:
        lines.append(f'set(CMAKE_CROSSCOMPILING_EMULATOR "{machine.emulator}")')
    return "\n".join([*lines, ""])


def cmake_arguments(machine: Machine) -> Dict[str, str]:
    """The variables that tell FindPython of the machine's Python and NumPy."""
    return {
        "Python_INCLUDE_DIR": str(machine.python_include),
        "Python_LIBRARY": str(machine.python_library),
        "Python_SABI_LIBRARY": str(machine.stable_abi_library),
        "Python_NumPy_INCLUDE_DIR": str(machine.numpy_include),
        "CYTHON_UFUNC_TARGET_PYTHON": str(machine.python),
    }


def _meson_value(value: Union[str, Sequence[str]]) -> str:
    return f"'{value}'" if isinstance(value, str) else "[" + ", ".join(f"'{word}'" for word in value) + "]"


def cross_file(machine: Machine, python: Path, described: bool = True) -> str:
    """Meson's cross file; `python` is the build machine's interpreter.

    `described`: the file tells of the target's Python and NumPy; else `python` says what they say, as crossenv's does.
    """
    tools = machine.toolchain
    programs = {**tools.programs, "python": str(python)}
    if machine.emulator:
        programs["exe_wrapper"] = str(machine.emulator)
    numpy = [f"numpy-include-dir = '{machine.numpy_include}'"] if described else []
    build_config = [f"python.build_config = '{machine.build_details}'"] if described else []
    lines: List[str] = [
        "[binaries]",
        *(f"{name} = {_meson_value(program)}" for name, program in programs.items()),
        "",
        "[properties]",
        *numpy,
        "",
        "[built-in options]",
        *build_config,
        f"c_args = {_meson_value(tools.c_flags)}",
        f"cpp_args = {_meson_value(tools.cxx_flags)}",
        *(f"{language}_link_args = {_meson_value(tools.link_flags)}" for language in ("c", "cpp")),
        "",
        "[host_machine]",
        f"system = '{machine.system.lower()}'",
        f"cpu_family = '{machine.cpu_family}'",
        f"cpu = '{machine.cpu_family}'",
        "endian = 'little'",
        "",
    ]
    return "\n".join(lines)
