"""Configures this project for a compiler with Microsoft's command line, and reads the commands that were generated.

Usage: check.py --clang-cl <program> --llvm-lib <program> --lld-link <program>
                (--cmake-package <folder> --generator <name> | --meson <meson>)

The Python and the NumPy that it is built for are only what a configuration looks at: nothing is compiled but the shim,
which needs no headers.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, List, Sequence

HERE = Path(__file__).resolve().parent
# What GCC and Clang's own driver know, and Microsoft's compiler does not.
GNU_ONLY = ("-include", "-isystem", "-idirafter", "-f", "-O", "-static", "-std=", "-Wl,", "-Wall", "-Wextra", "-shared")
# What clang-cl takes from Microsoft's: /Ob1 may be spelt -Ob1; and what a build system passes to clang-cl alone.
ALLOWED = re.compile(r"-O(b\d|d)$|-fdiagnostics|-fansi|-fcolor|-clang:|-imsvc$|-external:|-W[0-4]$|-Fo|-Fd")
VERSION = "{}{}".format(*sys.version_info[:2])
SUFFIX = f"cp{VERSION}-win_amd64.pyd"


def run(*command: object) -> str:
    """Runs a command; returns its output."""
    result = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert result.returncode == 0, f"{command}: exit code {result.returncode}\n{result.stdout}"
    return result.stdout


def make_target(folder: Path, libraries: Sequence[str]) -> Dict[str, Path]:
    """What a configuration looks at of a Python for Windows and its NumPy; the first of its libraries is that to link to."""
    include = folder / "include"
    include.mkdir(parents=True)
    shutil.copy2(HERE.parent / "cross-compiling" / "sysroot" / "pyconfig.h", include)
    version = "{}.{}.{}".format(*sys.version_info[:3])
    (include / "patchlevel.h").write_text(f'#define PY_VERSION "{version}"\n')
    (include / "Python.h").write_text("")
    library = folder / "libs" / libraries[0]
    library.parent.mkdir()
    for name in libraries:
        (library.parent / name).write_bytes(b"")
    package = folder / "Lib" / "site-packages" / "numpy"
    numpy_include = package / "_core" / "include"
    (numpy_include / "numpy").mkdir(parents=True)
    (package / "version.py").write_text('version = "2.1.3"\n')
    (package / "__init__.pxd").write_text("")
    for name in ("arrayobject.h", "numpyconfig.h"):
        (numpy_include / "numpy" / name).write_text("")
    (numpy_include / "numpy" / "_numpyconfig.h").write_text("#define NPY_SIZEOF_LONG 4\n")
    details = {
        "schema_version": "1.0",
        "base_prefix": str(folder),
        "platform": "win-amd64",
        "language": {"version": "{}.{}".format(*sys.version_info[:2])},
        "implementation": {"name": "cpython"},
        "abi": {"flags": [], "extension_suffix": f".{SUFFIX}", "stable_abi_suffix": ".pyd"},
        "libpython": {"dynamic": str(library), "link_extensions": True},
        "c_api": {"headers": str(include)},
    }
    (folder / "build-details.json").write_text(json.dumps(details))
    return {"include": include, "library": library, "numpy": numpy_include, "details": folder / "build-details.json"}


def configure_by_cmake(options: argparse.Namespace, target: Dict[str, Path], build: Path) -> str:
    """Returns what CMake said."""
    toolchain = build.with_name("toolchain.cmake")
    true = shutil.which("true")
    toolchain.write_text(
        "set(CMAKE_SYSTEM_NAME Windows)\n"
        "set(CMAKE_SYSTEM_PROCESSOR AMD64)\n"
        f"set(CMAKE_LINKER {true})\nset(CMAKE_MT {true})\nset(CMAKE_RC_COMPILER {true})\n"
        f"set(CMAKE_AR {options.llvm_lib})\nset(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)\n"
        + "".join(
            f"set(CMAKE_{language}_COMPILER {options.clang_cl})\n"
            f"set(CMAKE_{language}_COMPILER_TARGET x86_64-pc-windows-msvc)\n"
            for language in ("C", "CXX")
        )
    )
    return run(
        "cmake", "-S", HERE, "-B", build, "-G", options.generator, f"-DCMAKE_TOOLCHAIN_FILE={toolchain}",
        f"-DCythonUfunc_DIR={options.cmake_package}", f"-DCYTHON_UFUNC_BUILD_PYTHON={sys.executable}",
        f"-DPython_INCLUDE_DIR={target['include']}", f"-DPython_LIBRARY={target['library']}",
        f"-DPython_NumPy_INCLUDE_DIR={target['numpy']}",
    )  # fmt: skip


def configure_by_meson(options: argparse.Namespace, target: Dict[str, Path], scratch: Path) -> str:
    """Returns what Meson said."""
    cross_file = scratch / "cross.ini"
    cross_file.write_text(
        "[binaries]\n"
        f"c = ['{options.clang_cl}', '--target=x86_64-pc-windows-msvc']\n"
        f"cpp = ['{options.clang_cl}', '--target=x86_64-pc-windows-msvc']\n"
        f"c_ld = '{options.lld_link}'\ncpp_ld = '{options.lld_link}'\nar = '{options.llvm_lib}'\n"
        f"python = '{sys.executable}'\n"
        f"[properties]\nnumpy-include-dir = '{target['numpy']}'\nneeds_exe_wrapper = true\n"
        f"[built-in options]\npython.build_config = '{target['details']}'\n"
        "[host_machine]\nsystem = 'windows'\ncpu_family = 'x86_64'\ncpu = 'x86_64'\nendian = 'little'\n"
    )
    driver = HERE.parents[1] / "ci" / "testing" / "meson_setup.py"
    arguments = ["--setup-args", "--cross-file", cross_file]
    return run(sys.executable, driver, options.meson, HERE, scratch, "--python", sys.executable, *arguments)


def commands_in(build: Path) -> List[Dict[str, str]]:
    """The compile commands that Ninja would run."""
    file = next(iter(sorted(build.glob("build-Debug.ninja"))), build / "build.ninja")
    command = ["ninja", "-f", file.name, "-t", "compdb"]
    return json.loads(subprocess.run(command, cwd=build, check=True, stdout=subprocess.PIPE, text=True).stdout)


def check_compile_commands(commands: Sequence[Dict[str, str]], crt: str, defined: Sequence[str] = ()) -> None:
    """Asserts that each file of the modules is compiled by a command that Microsoft's compiler understands.

    `crt`: the flag that chooses the C runtime; `defined`: macros.
    """
    compiled = {}
    for entry in commands:
        if not re.search(r"clang-cl\S* ", entry["command"]) or not entry["file"].endswith((".c", ".cpp", ".cxx")):
            continue
        compiled[Path(entry["file"]).name] = entry["command"]
        for word in entry["command"].split():
            assert not word.startswith(GNU_ONLY) or ALLOWED.match(word), f"{word} in {entry['command']}"
    for name in ("sums.c", "sums_init.cpp", "helper.cpp"):
        assert re.search(r"[/-]FI ?\S*cython_ufunc/numpy_tables.h", compiled[name]), compiled[name]
        assert re.search(r"[/-]bigobj", compiled[name]), compiled[name]
    assert "numpy_tables.h" not in compiled["words.c"], compiled["words.c"]
    (runtime,) = (name for name in compiled if "unity" in name)
    for name in ("sums.c", "sums_init.cpp", "helper.cpp", "words.c", runtime):
        assert re.findall(r" [/-](M[DT]d?) ", compiled[name])[-1] == crt, compiled[name]
        assert all(f"-D{macro}" in compiled[name] for macro in defined), compiled[name]
    assert re.search(r"[/-]bigobj", compiled["words.c"]), compiled["words.c"]
    print(f"{len(compiled)} files are compiled, by flags of Microsoft's command line")


def check_shim(options: argparse.Namespace, scratch: Path) -> None:
    """Compiles a shim, and asserts that it exports `PyInit_sums`: `__declspec(dllexport)` leaves a linker option."""
    root = HERE.parent.parent
    made = scratch / "shim"
    transpiler = root / "transpiler" / "cython_ufunc_main.py"
    source = scratch / "sums.pyx"
    source.write_text("def one():\n    return 1\n")
    run(sys.executable, transpiler, "transpile", source, f"--body={made}/sums.c", f"--shim={made}/sums_init.cpp")
    os.chdir(made)  # it takes the name of a folder such as /work for an option
    run(
        options.clang_cl, "--target=x86_64-pc-windows-msvc", "/c", "/W4", "/WX", f"/I{root / 'runtime' / 'include'}",
        "/Fosums_init.obj", "sums_init.cpp",
    )  # fmt: skip
    assert b"/EXPORT:PyInit_sums" in (made / "sums_init.obj").read_bytes().replace(b'"', b"")
    print("the shim exports PyInit_sums")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--clang-cl", required=True)
    parser.add_argument("--llvm-lib", required=True)
    parser.add_argument("--lld-link", required=True)
    parser.add_argument("--cmake-package")
    parser.add_argument("--generator")
    parser.add_argument("--meson")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:  # below /tmp: Meson gives clang-cl names that begin as options do
        check(options, Path(scratch).resolve() / "a folder")
    print("command-lines: no flag of GCC's reaches a compiler with Microsoft's command line")


def check(options: argparse.Namespace, scratch: Path) -> None:
    """Configures, reads. The configuration is Debug, by default, and the Python is not."""
    scratch.mkdir()
    target = make_target(scratch / "target", [f"python{VERSION}.lib"])
    build = scratch / "build"
    if options.meson:
        configure_by_meson(options, target, scratch)
    else:
        configure_by_cmake(options, target, build)
    check_compile_commands(commands_in(build), "MD")
    check_name(build, f"sums.{SUFFIX}")
    check_shim(options, scratch)
    os.chdir("/")
    if not options.meson:
        check_other_pythons(options, scratch)


def check_other_pythons(options: argparse.Namespace, scratch: Path) -> None:
    """Configures for a Python without the GIL, and for one that has its debug library, too."""
    target = make_target(scratch / "free-threaded target", [f"python{VERSION}t.lib"])
    build = scratch / "free-threaded"
    configure_by_cmake(options, target, build)
    check_compile_commands(commands_in(build), "MD", ["Py_GIL_DISABLED=1"])
    check_name(build, f"sums.cp{VERSION}t-win_amd64.pyd")

    target = make_target(scratch / "debug target", [f"python{VERSION}.lib", f"python{VERSION}_d.lib"])
    build = scratch / "debug"
    configure_by_cmake(options, target, build)
    check_compile_commands(commands_in(build), "MDd")
    check_name(build, f"sums_d.{SUFFIX}")


def check_name(build: Path, name: str) -> None:
    """Asserts that the module gets that name."""
    text = "".join(path.read_text() for path in build.glob("**/*.ninja"))
    assert re.search(rf"[/ ]{re.escape(name)}\b", text), f"the module is not named {name}"


main()
