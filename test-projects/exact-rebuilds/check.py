"""Builds a copy of this project, changes one thing after another, and asserts what each next build does.

Usage: check.py <scratch directory> --generator <name> --cython-ufunc <its source directory> [--other-python <python>]
  --other-python  another interpreter, with another Cython, to change to in the same build directory
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import List, NamedTuple, Set

HERE = Path(__file__).resolve().parent
MODULES = {"first", "second", "third"}


class Done(NamedTuple):
    """What one build did."""

    transpiled: Set[str]
    compiled: Set[str]


class Build:
    """A copy of the project and of cython-ufunc, and their build directory."""

    def __init__(self, scratch: Path, generator: str, cython_ufunc: Path) -> None:
        shutil.rmtree(scratch, ignore_errors=True)
        self.source = scratch / "source"
        self.tools = scratch / "cython-ufunc"
        self.build = scratch / "build dir"
        self.generator = generator
        shutil.copytree(HERE, self.source)
        for folder in ("cmake", "runtime", "templates", "transpiler"):
            shutil.copytree(cython_ufunc / folder, self.tools / folder, ignore=shutil.ignore_patterns("__pycache__"))
        (self.tools / "CythonUfuncConfig.cmake").write_text(f'include("{self.tools}/cmake/CythonUfunc.cmake")\n')
        (self.tools / "CythonUfuncConfigVersion.cmake").write_text("set(PACKAGE_VERSION_COMPATIBLE TRUE)\n")

    def put_other_cython_first_on_path(self) -> None:
        """Has each Cython command found on PATH fail: the interpreter's own Cython is to be used."""
        folder = self.source / "not these"
        folder.mkdir()
        for name in ("cython", "cython3", "cythonize"):
            (folder / name).write_text("#!/bin/sh\nexit 1\n")
            (folder / name).chmod(0o755)
        os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"

    def configure(self, *arguments: str) -> None:
        """Runs cmake with `arguments`; asserts that it prints which Cython it uses, once."""
        command = ["cmake", "-S", str(self.source), "-B", str(self.build), "-G", self.generator]
        command += [f"-DCythonUfunc_DIR={self.tools}", *arguments]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        printed = re.findall(r"^-- cython-ufunc: Cython \S+ at .+ \(Python \S+ at .+\)$", output, re.MULTILINE)
        assert len(printed) == 1, f"the Cython used was printed {len(printed)} times:\n{output}"

    def run(self) -> Done:
        """Builds; returns the modules transpiled and the sources compiled, by their names."""
        command = ["cmake", "--build", str(self.build)]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert result.returncode == 0, result.stdout
        transpiled = re.findall(r"Transpiling mypkg/(\w+)\.pyx", result.stdout)
        compiled = re.findall(r"Building \w+ object .*/([^/ ]+)\.o\b", result.stdout)
        return Done(set(transpiled), {name.rsplit(".", 1)[0] for name in compiled})

    def edit(self, name: str, old: str, new: str) -> None:
        """Replaces `old` by `new` in a file of the project or of cython-ufunc."""
        path = self.source / name
        if not path.exists():
            path = self.tools / name
        text = path.read_text()
        assert old in text, f"{old!r} is not in {path}"
        time.sleep(0.02)  # coarse clocks of file systems
        path.write_text(text.replace(old, new, 1))

    def touch(self, name: str) -> None:
        """Gives a file of the project or of cython-ufunc a new time stamp."""
        path = self.source / name
        time.sleep(0.02)
        (path if path.exists() else self.tools / name).touch()

    def expect(self, what: str, transpiled: Set[str], compiled: Set[str]) -> None:
        """Builds, compares what that did, and asserts that one more build does nothing."""
        done = self.run()
        print(f"{what}: transpiled {sorted(done.transpiled)}, compiled {sorted(done.compiled)}", flush=True)
        assert done.transpiled == transpiled, f"{what}: expected {sorted(transpiled)} to be transpiled"
        assert done.compiled == compiled, f"{what}: expected {sorted(compiled)} to be compiled"
        again = self.run()
        assert again == Done(set(), set()), f"{what}: the build after it did {again}"

    def call(self, python: str) -> List[str]:
        """The values of the three modules."""
        code = "from mypkg import first, second, third; print(first.value(), second.value(), third.value(1.0))"
        code = f"import mypkg; mypkg.__path__.append({str(self.build / 'mypkg')!r}); {code}"
        environment = {**os.environ, "PYTHONPATH": str(self.source)}
        return subprocess.run(
            [python, "-c", code], check=True, stdout=subprocess.PIPE, text=True, env=environment
        ).stdout.split()


def check(build: Build, python: str) -> None:
    """Changes one thing after another."""
    build.configure(f"-DPython_EXECUTABLE={python}")
    shims = {f"{name}_init" for name in MODULES}
    everything = MODULES | shims | {"first_helper"}
    build.expect("first build", MODULES, everything | {"unity_0_cxx"})
    assert build.call(python) == ["10.0", "2", "3.0"]

    build.touch("mypkg/first.pyx")
    build.expect("touched .pyx", {"first"}, set())
    build.edit("mypkg/first.pyx", "helped(base.base_value())", "helped(base.base_value()) + 1")
    build.expect("edited .pyx", {"first"}, {"first"})
    build.edit("mypkg/base.pxd", "return 1.0", "return 5.0")
    build.expect("edited .pxd, cimported through another", {"first"}, {"first"})
    assert build.call(python) == ["51.0", "2", "3.0"]
    build.edit("mypkg/base.pxd", "return 5.0", "return 5.0  # a comment")
    build.expect("comment in that .pxd", {"first"}, set())
    build.edit("mypkg/first.pyx", "    return helped", "    # A comment.\n    return helped")
    build.expect("comment in .pyx that moves a line of code", {"first"}, {"first"})
    build.edit("mypkg/first.pyx", "# A comment.", "# Another comment, in the same number of lines.")
    build.expect("edited comment in .pyx", {"first"}, set())
    build.edit("mypkg/first.pyx", "The value of", "What comes of")
    build.expect("edited docstring", {"first"}, {"first"})
    build.touch("mypkg/common.pxd")
    build.expect("touched .pxd", {"first"}, set())
    build.edit("mypkg/constants.pxi", "2", "22")
    build.expect("edited .pxi", {"second"}, {"second"})
    build.edit("settings.txt", "one", "two")
    build.expect("edited DEPENDS file", {"first"}, set())
    build.edit("first_helper.cpp", "10 *", "100 *")
    build.expect("edited helper", set(), {"first_helper"})
    assert build.call(python) == ["501.0", "22", "3.0"]

    build.touch("transpiler/cython_ufunc/steps/transpile.py")
    build.expect("touched transpiler", MODULES, set())
    build.edit("templates/init_shim.cpp.in", "Do not edit.", "Do not edit!")
    build.expect("edited shim template", MODULES, shims)
    build.edit("runtime/src/module_init.cpp", "namespace {", "namespace { // edited")
    build.expect("edited runtime", set(), {"unity_0_cxx"})
    # Makefiles forget dependencies when they are generated: the next build looks at each step.
    in_any_case = MODULES if "Makefiles" in build.generator else set()
    build.configure("-DFIRST_DIRECTIVES=boundscheck=False")
    build.expect("changed directive", in_any_case | {"first"}, set())
    build.configure("-DFIRST_DIRECTIVES=cdivision=True;profile=True")
    build.expect("changed directive that matters", in_any_case | {"first"}, {"first"})
    assert build.call(python) == ["501.0", "22", "3.0"]
    build.configure()
    build.edit("mypkg/constants.pxi", "22", "23")
    build.expect("configured, then edited .pxi", in_any_case | {"second"}, {"second"})
    build.edit("mypkg/constants.pxi", "23", "24")
    build.configure()
    build.expect("edited .pxi, then configured", in_any_case | {"second"}, {"second"})
    assert build.call(python) == ["501.0", "24", "3.0"]


def check_quiet(build: Build) -> None:
    """A quiet build that has work to do prints nothing."""
    makefiles = "Makefiles" in build.generator
    build.configure(*(["-DCMAKE_RULE_MESSAGES=OFF", "-DCMAKE_TARGET_MESSAGES=OFF"] if makefiles else []))
    build.run()
    build.edit("mypkg/second.pyx", "constants.pxi", "./constants.pxi")
    command = ["cmake", "--build", str(build.build), "--", "--silent" if makefiles else "--quiet"]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    assert output == "", output
    build.expect("built quietly before", set(), set())


def check_other_interpreter(build: Build, python: str, other: str) -> None:
    """Another Cython in the same interpreter, then another interpreter, in the same build directory."""
    cython = subprocess.run(
        [other, "-c", "import Cython; print(Cython.__file__)"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()
    build.configure(f"-DPython_EXECUTABLE={other}")
    done = build.run()
    assert done.transpiled == MODULES and done.compiled >= MODULES, done
    version = subprocess.run(
        [other, "-c", "import Cython; print(Cython.__version__)"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()
    for body in (build.build / "cython_ufunc").glob("*/*.c"):
        assert body.read_text().startswith(f"/* Generated by Cython {version} "), body
    assert build.call(other) == ["501.0", "24", "3.0"]
    assert build.run() == Done(set(), set())
    # What an upgrade by pip does to the file that has Cython's version in it.
    os.utime(Path(cython).parent / "Shadow.py")
    build.expect("other Cython in the same interpreter", MODULES, set())
    print("other interpreter: everything made again with its Cython")
    build.configure(f"-DPython_EXECUTABLE={python}")
    assert build.run().transpiled == MODULES


def main() -> None:
    """Runs the checks that the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--generator", required=True)
    parser.add_argument("--cython-ufunc", type=Path, required=True)
    parser.add_argument("--other-python")
    options = parser.parse_args()
    build = Build(options.scratch.resolve(), options.generator, options.cython_ufunc)
    build.put_other_cython_first_on_path()
    check(build, sys.executable)
    check_quiet(build)
    if options.other_python:
        check_other_interpreter(build, sys.executable, options.other_python)
    print(f"exact-rebuilds with {options.generator}: as expected")


main()
