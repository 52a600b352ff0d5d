"""A copy of this project with cython-ufunc in it, which the scripts here build."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List

HERE = Path(__file__).resolve().parent
MODULES = {"filters", "solver", "table"}
# The modules' bodies and shims, a helper, and the runtime.
COMPILES = 8
CYTHON_UFUNC = ("cmake", "meson", "runtime", "templates", "transpiler", "meson.build", "meson.options", "LICENSE")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments that Checkout's `options` come from."""
    parser.add_argument("scratch", type=Path)
    parser.add_argument("system", choices=["cmake", "meson"])
    parser.add_argument("--cython-ufunc", type=Path, required=True)
    parser.add_argument("--c-compiler", required=True)
    parser.add_argument("--cxx-compiler", required=True)
    parser.add_argument("--meson", default="meson")


class Checkout:
    """A copy of the project with cython-ufunc in it, and its build directory."""

    def __init__(
        self,
        folder: Path,
        options: argparse.Namespace,
        build_type: str = "Debug",
        *,
        launcher: str = "",
        flags: List[str] = [],
        environment: Dict[str, str] = {},
        build: str = "",
    ) -> None:
        self.source = folder
        self.build = folder / (build or f"build {build_type}")
        self.options = options
        self.build_type = build_type
        self.launcher = launcher
        self.flags = flags
        self.environment = {**os.environ, **environment}
        if not folder.exists():
            self._copy()

    def _copy(self) -> None:
        shutil.copytree(HERE, self.source, ignore=shutil.ignore_patterns("__pycache__"))
        tools = self.source / "subprojects" / "cython-ufunc"
        tools.mkdir(parents=True)
        for name in CYTHON_UFUNC:
            path = self.options.cython_ufunc / name
            if path.is_dir():
                shutil.copytree(path, tools / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(path, tools)
        (tools / "CythonUfuncConfig.cmake").write_text(f'include("{tools}/cmake/CythonUfunc.cmake")\n')
        (tools / "CythonUfuncConfigVersion.cmake").write_text("set(PACKAGE_VERSION_COMPATIBLE TRUE)\n")

    def run(self, *command: str, **settings: str) -> str:
        """Runs a command; returns what it printed."""
        result = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**self.environment, **settings},
        )
        assert result.returncode == 0, result.stdout
        return result.stdout

    def configure(self) -> None:
        """Sets the build directory up."""
        if self.options.system == "cmake":
            self._configure_with_cmake()
        else:
            self._configure_with_meson()

    def _configure_with_cmake(self) -> None:
        arguments = [f"-DCMAKE_BUILD_TYPE={self.build_type}", f"-DPython_EXECUTABLE={sys.executable}"]
        arguments.append(f"-DCythonUfunc_DIR={self.source}/subprojects/cython-ufunc")
        flags = " ".join(f'"{flag}"' for flag in self.flags)
        for language, compiler in (("C", self.options.c_compiler), ("CXX", self.options.cxx_compiler)):
            arguments += [f"-DCMAKE_{language}_COMPILER={compiler}", f"-DCMAKE_{language}_FLAGS={flags}"]
            if self.launcher:
                arguments.append(f"-DCMAKE_{language}_COMPILER_LAUNCHER={self.launcher}")
        self.run("cmake", "-S", str(self.source), "-B", str(self.build), "-G", "Ninja", *arguments)

    def _configure_with_meson(self) -> None:
        launcher = [self.launcher] if self.launcher else []
        compilers = {"c": [*launcher, self.options.c_compiler], "cpp": [*launcher, self.options.cxx_compiler]}
        lines = ["[binaries]", f"python = {sys.executable!r}"]
        lines += [f"{name} = {command!r}" for name, command in compilers.items()]
        lines += ["[built-in options]", *(f"{name}_args = {self.flags!r}" for name in compilers), ""]
        (self.source / "native.ini").write_text("\n".join(lines))
        arguments = [f"--buildtype={self.build_type.lower()}", "--native-file", str(self.source / "native.ini")]
        self.run(self.options.meson, "setup", *arguments, str(self.build), str(self.source))

    def make(self, **settings: str) -> str:
        """Builds; returns what that printed."""
        if self.options.system == "cmake":
            return self.run("cmake", "--build", str(self.build), **settings)
        return self.run(self.options.meson, "compile", "-C", str(self.build), **settings)

    def sources(self) -> Dict[str, bytes]:
        """All that the transpiler made that a compiler or a person reads, by name."""
        made = {}
        for module in MODULES:
            for path in self.build.rglob(f"{module}*"):
                if path.suffix in (".c", ".cpp", ".h", ".html"):
                    made[path.relative_to(self.build).as_posix()] = path.read_bytes()
        assert len(made) >= 2 * len(MODULES), made.keys()
        return made

    def call(self) -> None:
        """Imports and calls the modules."""
        self.run(sys.executable, str(HERE / "check.py"), str(self.source / "src"), str(self.modules()))

    def modules(self) -> Path:
        """The folder that the built package is in."""
        return self.build if self.options.system == "cmake" else self.build / "src"
