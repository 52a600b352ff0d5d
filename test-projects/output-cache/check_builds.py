"""Builds this project in two directories, and asserts that the second build has all from caches, and the same.

Usage: check_builds.py <scratch directory> <cmake|meson> --cython-ufunc <its source directory> --c-compiler <cc>
         --cxx-compiler <c++> [--meson <meson>] [--ccache <ccache>]
"""

import argparse
import os
import re
import resource
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


class Checkout:
    """A copy of the project with cython-ufunc in it, and its build directory."""

    def __init__(self, folder: Path, options: argparse.Namespace, build_type: str, setting: str) -> None:
        self.source = folder
        self.build = folder / f"build {build_type}"
        self.options = options
        self.build_type = build_type
        self.setting = setting
        tools = folder / "subprojects" / "cython-ufunc"
        if not folder.exists():
            shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("__pycache__"))
            tools.mkdir(parents=True)
            for name in CYTHON_UFUNC:
                path = options.cython_ufunc / name
                if path.is_dir():
                    shutil.copytree(path, tools / name, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(path, tools)
            (tools / "CythonUfuncConfig.cmake").write_text(f'include("{tools}/cmake/CythonUfunc.cmake")\n')
            (tools / "CythonUfuncConfigVersion.cmake").write_text("set(PACKAGE_VERSION_COMPATIBLE TRUE)\n")
        # What a user sets so that ccache takes the two directories for one.
        self.environment = {**os.environ, "CCACHE_BASEDIR": str(folder)}
        if setting == "hash_dir":
            self.environment["CCACHE_NOHASHDIR"] = "1"
        self.flags = [f"-ffile-prefix-map={folder}=."] if setting == "prefix-map" else []

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
            if self.options.ccache:
                arguments.append(f"-DCMAKE_{language}_COMPILER_LAUNCHER={self.options.ccache}")
        self.run("cmake", "-S", str(self.source), "-B", str(self.build), "-G", "Ninja", *arguments)

    def _configure_with_meson(self) -> None:
        launcher = [self.options.ccache] if self.options.ccache else []
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

    def transpiler(self, *arguments: str) -> str:
        """Runs the transpiler's program."""
        program = self.source / "subprojects" / "cython-ufunc" / "transpiler" / "cython_ufunc_main.py"
        return self.run(sys.executable, str(program), *arguments)

    def counts(self) -> Dict[str, int]:
        """What `cache --stats` tells."""
        return {
            name: int(value)
            for name, value in re.findall(r"^(\w+) +(\d+)$", self.transpiler("cache", "--stats"), re.MULTILINE)
        }

    def call(self) -> None:
        """Imports and calls the modules."""
        self.run(sys.executable, str(HERE / "check.py"), str(self.source / "src"), str(self.modules()))

    def modules(self) -> Path:
        """The folder that the built package is in."""
        return self.build if self.options.system == "cmake" else self.build / "src"


def cpu_seconds() -> float:
    """What the processes run so far have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Ccache:
    """The compiler cache, where there is one."""

    def __init__(self, program: str) -> None:
        self.program = program

    def since_last_time(self) -> Dict[str, int]:
        """Its hits and misses."""
        if not self.program:
            return {}
        lines = subprocess.check_output([self.program, "--print-stats"], text=True).splitlines()
        subprocess.run([self.program, "--zero-stats"], check=True, stdout=subprocess.DEVNULL)
        numbers = dict(line.split("\t") for line in lines)
        hits = int(numbers["direct_cache_hit"]) + int(numbers["preprocessed_cache_hit"])
        return {"hits": hits, "misses": int(numbers["cache_miss"])}


def check(options: argparse.Namespace, build_type: str, setting: str, cold: bool) -> None:
    """Builds in two directories. `cold`: the output cache is empty before."""
    ccache = Ccache(options.ccache)
    kind = f"{options.system} {build_type}, {setting}"
    checkouts: List[Checkout] = []
    used = []
    for name in ("one", "another, with a longer name"):
        checkout = Checkout(options.scratch / name, options, build_type, setting)
        checkout.configure()
        ccache.since_last_time()
        before = checkout.counts()
        start = cpu_seconds()
        printed = checkout.make()
        used.append(cpu_seconds() - start)
        after = checkout.counts()
        counts = {name: after[name] - before[name] for name in ("hits", "misses")}
        first = not checkouts
        missed = len(MODULES) if first and cold else 0
        assert counts == {"hits": len(MODULES) - missed, "misses": missed}, f"{kind}: output cache {counts}"
        if options.ccache:
            compiled = ccache.since_last_time()
            expected = {"hits": 0, "misses": COMPILES} if first else {"hits": COMPILES, "misses": 0}
            assert compiled == expected, f"{kind}: ccache {compiled}, expected {expected}"
        # Cython's warnings come again, and name this directory's file.
        assert f"warning: {checkout.source}/src/mypkg/solver.pyx:22:4: Unreachable code" in printed, printed
        workers = list(checkout.build.rglob("cython_ufunc_worker"))
        assert bool(workers) == bool(missed), f"{kind}: a worker was started for nothing"
        checkout.call()
        again = checkout.make()
        assert "Transpiling" not in again and "Generating" not in again, again
        checkouts.append(checkout)

    one, other = checkouts
    sources = one.sources()
    assert other.sources() == sources, f"{kind}: the two directories have other sources"
    absolute = re.compile(rb'"/[^"/\n]+/[^"\n]*\.(?:pyx|pxd|pxi|py)"')
    for name, content in sources.items():
        for folder in (str(options.scratch), sys.prefix, str(options.cython_ufunc)):
            assert folder.encode() not in content, f"{kind}: {name} names {folder}"
        assert not absolute.search(content), f"{kind}: {name} has an absolute path: {absolute.search(content)[0]}"
    # What depends on the file that was taken from the cache is as right as if Cython had read it.
    (other.source / "shared" / "units.pxi").write_text(
        (one.source / "shared" / "units.pxi").read_text().replace("1000 *", "500 * 2 *")
    )
    printed = other.make()
    assert "solver.pyx" in printed and "filters.pyx" not in printed, printed
    assert other.sources() != sources
    shutil.copy(one.source / "shared" / "units.pxi", other.source / "shared")
    other.call()
    ratio = f"{used[0] / used[1]:.1f} times less CPU"
    print(f"{kind}: the second build had all {len(MODULES)} translations and {COMPILES} compiles from caches; {ratio}")


def check_without_caches(options: argparse.Namespace) -> None:
    """Cython's own output is the same in two directories, and the same as from the cache."""
    checkouts = [Checkout(options.scratch / name, options, "plain", "none") for name in ("one", "a third directory")]
    for checkout in checkouts:
        checkout.build_type = "Debug"
        checkout.options = argparse.Namespace(**{**vars(options), "ccache": ""})
        checkout.configure()
    from_cache = checkouts[0].build.with_name("build Debug")
    checkouts[1].make(CYTHON_UFUNC_CACHE="")
    made = checkouts[1].sources()
    for name, content in made.items():
        assert (from_cache / name).read_bytes() == content, f"{name} from the cache is not what Cython makes"
    print(f"{options.system}: the same sources without the cache")


def main() -> None:
    """Runs the checks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("scratch", type=Path)
    parser.add_argument("system", choices=["cmake", "meson"])
    parser.add_argument("--cython-ufunc", type=Path, required=True)
    parser.add_argument("--c-compiler", required=True)
    parser.add_argument("--cxx-compiler", required=True)
    parser.add_argument("--meson", default="meson")
    parser.add_argument("--ccache", default="")
    options = parser.parse_args()
    options.scratch = options.scratch.resolve()
    shutil.rmtree(options.scratch, ignore_errors=True)
    for name in list(os.environ):
        if name.startswith(("CCACHE_", "CYTHON_UFUNC_")):
            del os.environ[name]
    os.environ["CCACHE_DIR"] = str(options.scratch / "ccache")
    os.environ["CYTHON_UFUNC_CACHE"] = str(options.scratch / "outputs")
    check(options, "Release", "base_dir", cold=True)
    check(options, "Debug", "hash_dir" if options.system == "meson" else "prefix-map", cold=False)
    check_without_caches(options)


main()
