"""Builds copies of this project as users do, and asserts what comes out.

Usage: check.py <scratch folder> --meson <meson> --other-python <interpreter> <scenario>
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional, Sequence, Set, Tuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENDORED = ["LICENSE", "meson", "meson.build", "meson.options", "runtime", "templates", "transpiler"]


class Project:
    """A copy of this project with cython-ufunc vendored, and its build directory."""

    number = 0

    def __init__(self, folder: Path, meson: str) -> None:
        """Makes the copy in `folder`, without building it."""
        Project.number += 1
        shutil.rmtree(folder, ignore_errors=True)
        self.meson = meson
        self.source = folder / "source"
        self.build = folder / "build"
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(HERE, self.source, ignore=ignored)
        self.vendored = self.source / "subprojects" / "cython-ufunc"
        self.vendored.mkdir(parents=True)
        for name in VENDORED:
            copy = shutil.copy2 if (ROOT / name).is_file() else shutil.copytree
            copy(ROOT / name, self.vendored / name, **({} if copy is shutil.copy2 else {"ignore": ignored}))
        self.native_file = folder.parent / f"{self.number}.ini"  # Meson expands variables in its path
        self.use_python(sys.executable)

    def use_python(self, python: str) -> None:
        """Has Meson's machine file name this interpreter."""
        self.native_file.write_text(f"[binaries]\npython = '{python}'\n", encoding="utf-8")

    def run(self, *command: object, fails: bool = False, **variables: str) -> str:
        """Runs a command in the source folder; returns its output, all of it."""
        result = subprocess.run(
            [str(word) for word in command],
            cwd=self.source,
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert (result.returncode != 0) == fails, f"{command}: exit code {result.returncode}\n{result.stdout}"
        return result.stdout

    def setup(self, *arguments: str, fails: bool = False) -> str:
        """Configures the build directory."""
        return self.run(self.meson, "setup", "--native-file", self.native_file, *arguments, self.build, fails=fails)

    def ninja(self, *arguments: str, fails: bool = False) -> str:
        """Runs Ninja; returns its output."""
        return self.run("ninja", "-C", self.build, *arguments, fails=fails)

    def call(self, *arguments: str, **variables: str) -> None:
        """Calls the modules in the build directory."""
        self.run(sys.executable, self.source / "call.py", self.build, *arguments, **variables)

    def made(self) -> Tuple[Set[str], Set[str]]:
        """Builds; returns the sources transpiled and the files compiled. Asserts that a second build has no work."""
        output = self.ninja("-v")
        transpiled = set(re.findall(r"cython-ufunc'? transpile \S*?(\w+\.pyx)", output))
        compiled = set(re.findall(r" -c \S*?([\w.-]+)$", output, re.MULTILINE))
        again = self.ninja("-d", "explain", "-v")
        assert "no work to do" in again, again
        return transpiled, compiled

    def edit(self, name: str, old: str = "", new: str = "") -> None:
        """Replaces `old` in a source, or just touches it."""
        path = self.source / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


class Options(NamedTuple):
    """The command line."""

    scratch: Path
    meson: str
    other_python: str


FASTMATH = {"fastmath.pyx"}
BOTH = {"fastmath.pyx", "shapes.pyx"}
NOTHING: Set[str] = set()
RUNTIME_UNIT = {"cython_ufunc_runtime-unity0.cpp"}


def exact_rebuilds(options: Options) -> None:
    """Edits one file after the other; each build makes what depends on it, the next nothing."""
    project = Project(options.scratch / "project", options.meson)
    project.setup()
    transpiled, _ = project.made()
    assert transpiled == BOTH, transpiled
    project.call()
    assert "No missing dependencies" in project.ninja("-t", "missingdeps")

    # Before the others: Meson has Ninja forget which outputs were found unchanged (ninja -t restat) when it runs again.
    project.run(options.meson, "configure", project.build, "-Dlimit=5")
    made = project.made()
    assert made == (FASTMATH, {"fastmath.c"}), made
    project.call("5")

    in_cython_ufunc = "subprojects/cython-ufunc"
    steps: List[Tuple[str, str, str, Set[str], Set[str]]] = [
        ("mypkg/fastmath.pyx", "", "", FASTMATH, NOTHING),
        ("mypkg/fastmath.pyx", "return feet(metres)", "return feet(metres)  # a comment", FASTMATH, NOTHING),
        ("mypkg/factors.pxd", "", "", FASTMATH, NOTHING),
        ("mypkg/units.pxd", "# A comment.", "# Another one.", FASTMATH, NOTHING),
        ("mypkg/names.pxi", "first", "second", FASTMATH, {"fastmath.c"}),
        ("mypkg/fastmath_helper.h", "", "", NOTHING, {"fastmath.c", "fastmath_helper.cpp"}),
        ("mypkg/shapes.pyx", "The area of a box", "A box's area", {"shapes.pyx"}, {"shapes.cpp"}),
        (f"{in_cython_ufunc}/transpiler/cython_ufunc/names.py", "", "", BOTH, NOTHING),
        (
            f"{in_cython_ufunc}/templates/init_shim.cpp.in",
            "Do not edit.",
            "Never edit it.",
            BOTH,
            {"fastmath_init.cpp", "shapes_init.cpp"},
        ),
        (f"{in_cython_ufunc}/runtime/src/import_error.cpp", "", "", NOTHING, RUNTIME_UNIT),
    ]
    for name, old, new, transpiled, compiled in steps:
        project.edit(name, old, new)
        made = project.made()
        print(f"{name}: {made}")
        assert made == (transpiled, compiled), f"{name}: {made}, not {(transpiled, compiled)}"
    project.call("5", "second name")

    # What fails leaves nothing behind that a later build would take for good.
    project.edit("mypkg/shapes.pyx", "return area_of(", "return area_off(")
    output = project.ninja(fails=True)
    assert re.search(r"mypkg/shapes\.pyx:\d+:\d+: undeclared name not builtin: area_off", output), output
    assert not list(project.build.glob("mypkg/shapes*/shapes.cpp"))
    project.edit("mypkg/shapes.pyx", "return area_off(", "return area_of(")
    assert project.made() == ({"shapes.pyx"}, {"shapes.cpp"})

    # Another interpreter, with another Cython.
    dependencies = project.ninja("-t", "deps")
    # As Ninja knows it: by another name, it would be another file, which no rule makes.
    assert " mypkg/limits.pxd\n" in dependencies and f"{project.build}/mypkg/limits.pxd" not in dependencies
    assert "Cython/Shadow.py" in dependencies, "an upgrade of Cython would not be noticed"
    project.use_python(options.other_python)
    project.setup("--reconfigure")
    transpiled, compiled = project.made()
    assert transpiled == BOTH and {"fastmath.c", "shapes.cpp"} <= compiled, (transpiled, compiled)
    body = next(project.build.glob("mypkg/fastmath*/fastmath.c")).read_text(encoding="utf-8")
    assert body.startswith("/* Generated by Cython 3.0.9 "), body[:40]
    project.run(options.other_python, project.source / "call.py", project.build, "5", "second name")


def environment_in(folder: Path) -> Path:
    """A virtual environment in `folder` with this interpreter's Cython and NumPy; returns its interpreter."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / ".venv")], check=True)
    python = folder / ".venv" / "bin" / "python"
    code = "import sysconfig; print(sysconfig.get_path('platlib'))"
    ours, new = (
        Path(subprocess.run([interpreter, "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout.strip())
        for interpreter in (sys.executable, str(python))
    )
    for name in ("Cython", "cython.py", "numpy", "numpy.libs"):
        (new / name).symlink_to(ours / name)
    return python


TRACE = """
import sys
sys.path[0] = sys.argv[1]
import mypkg.fastmath
def trace(frame, event, argument):
    print(frame.f_code.co_filename, frame.f_lineno)
    return trace
sys.settrace(trace)
mypkg.fastmath.remainder(7, 3)
"""


def variants(options: Options) -> None:
    """Builds with Meson's options that change how everything is compiled, and in folders with strange names."""
    all_at_once = ["-Dunity=on", "-Dbuildtype=debug", "-Ddefault_library=static", "--wrap-mode=nodownload"]
    # No quote, '&' or ';': Ninja 1.11 reads no depfile with them, be it a compiler's or the transpiler's.
    project = Project(options.scratch / "a $HOME (é+ü)", options.meson)
    project.setup(*all_at_once)
    _, compiled = project.made()
    assert len(compiled) == 4 and all("-unity0." in name for name in compiled), compiled
    project.call()

    # The subproject's own options, too.
    asked = {"annotate": "true", "coverage": "true", "free_threaded": "true", "numpy_target_version": "1.25"}
    project = Project(options.scratch / "lto", options.meson)
    project.setup("-Db_lto=true", *[f"-Dcython-ufunc:{name}={value}" for name, value in asked.items()])
    project.made()
    commands = (project.build / "compile_commands.json").read_text(encoding="utf-8")
    assert commands.count("-flto") >= 6, "not every file is compiled for link-time optimisation"
    project.call()
    assert "-DNPY_TARGET_VERSION=NPY_1_25_API_VERSION" in commands
    folder = next(project.build.glob("mypkg/fastmath*.p"))
    assert "Generated by Cython" in (folder / "fastmath.html").read_text(encoding="utf-8")
    declared = re.findall(r"define __Pyx_FREETHREADING_COMPATIBLE (\w+)", (folder / "fastmath.c").read_text())
    assert declared[-1] == "Py_MOD_GIL_NOT_USED", declared
    traced = project.run(sys.executable, "-c", TRACE, project.build)
    assert re.search(r"fastmath\.pyx \d+", traced), traced

    # Meson refuses include_directories() of a folder in the source tree by its absolute path.
    project = Project(options.scratch / "sanitized", options.meson)
    project.use_python(str(environment_in(project.source)))
    project.setup("-Db_sanitize=address", "-Db_lundef=false")
    project.made()
    for module in project.build.glob("mypkg/*.so"):
        assert "__asan_init" in project.run("nm", "--dynamic", module)
    library = project.run("c++", "-print-file-name=libasan.so").strip()
    assert f"{project.source}/.venv/" in (project.build / "compile_commands.json").read_text(encoding="utf-8")
    project.call(LD_PRELOAD=library, ASAN_OPTIONS="detect_leaks=0", PYTHONMALLOC="malloc")


def installation(options: Options) -> None:
    """Tests, installs and packs the project."""
    project = Project(options.scratch / "project", options.meson)
    project.setup("--prefix=/usr")
    output = project.run(options.meson, "test", "-C", project.build)
    assert re.search(r"Ok: +1", output), output

    destination = options.scratch / "destination"
    project.run(options.meson, "install", "-C", project.build, "--destdir", destination)
    files = {path.name.split(".")[0]: path for path in destination.rglob("*") if path.is_file()}
    assert set(files) == {"__init__", "fastmath", "shapes"}, files
    folders = {path.parent for path in destination.rglob("fastmath*")}
    project.run(sys.executable, project.source / "call.py", folders.pop().parent)

    # Builds, tests and installs from the archive that it makes.
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    project.run("git", "init", "--quiet")
    (project.source / ".gitignore").write_text("__pycache__/\n")
    project.run(*git, "add", ".")
    project.run(*git, "commit", "--quiet", "-m", "All")
    output = project.run(options.meson, "dist", "-C", project.build, "--include-subprojects", "--formats=gztar")
    assert "Ok:" in output and "Created" in output, output
    names = project.run("tar", "-tzf", project.build / "meson-dist" / "mypkg-1.0.tar.gz").split()
    assert "mypkg-1.0/subprojects/cython-ufunc/transpiler/cython_ufunc_main.py" in names, names
    assert not [name for name in names if name.endswith(".pyc")]


class Mistake(NamedTuple):
    """An edit, and the error that it must give."""

    name: str
    old: str
    new: str
    message: str
    at_setup: bool = False


FOR_FASTMATH = "'--directive=cdivision=True'"
SUBPROJECT = "subproject('cython-ufunc')"
MISTAKES = [
    Mistake(
        "meson.build",
        "'c', 'cpp',",
        "'c',",
        r"mypkg/meson\.build:\d+:\d+: ERROR: .* compiler for '\S*fastmath_\w+\.cpp'",
        True,
    ),
    Mistake(
        "mypkg/meson.build",
        "'fastmath',",
        "'fast',",
        r"error: \S*fastmath\.pyx: the target builds fast\.\S+, but the module is mypkg\.fastmath, whose file is "
        r"fastmath\.\S+ Name the target 'fastmath', or give the module's name by extra_args: \['--module-name=fast'\]",
    ),
    Mistake(
        "mypkg/meson.build",
        FOR_FASTMATH,
        "'--directve=cdivision=True'",
        r"unknown argument '--directve=cdivision=True'. Did you mean '--directive'\?",
    ),
    Mistake(
        "mypkg/meson.build",
        FOR_FASTMATH,
        "'--directive=cdivison=True'",
        r"has no directive 'cdivison'. Did you mean 'cdivision'\?",
    ),
    Mistake("mypkg/meson.build", FOR_FASTMATH, "'--module-name=my-pkg'", r"'my-pkg' is not a module name"),
    Mistake(
        "mypkg/meson.build",
        FOR_FASTMATH,
        "'--cython-arg=-o x'",
        r"'-o x'.* cannot be given: the build names the output",
    ),
    Mistake(
        "mypkg/meson.build",
        "  install: true,",
        "  install: true,\n  limited_api: '3.8',",  # Meson itself refuses one newer than the Python
        r"this is for the stable ABI, but the runtime is not",
    ),
    Mistake(
        "meson.build",
        SUBPROJECT,
        "subproject('cython-ufunc', default_options: {'stable_abi': '3.7'})",
        r"the stable ABI 3\.7 needs the ABI of Python 3\.11 or newer",
        True,
    ),
    Mistake(
        "meson.build",
        SUBPROJECT,
        "subproject('cython-ufunc', default_options: {'stable_abi': '3.11', 'coverage': 'true'})",
        r"the options coverage and stable_abi exclude each other, as lines are traced by more than the stable ABI\.",
        True,
    ),
    Mistake(
        "meson.build",
        SUBPROJECT,
        "subproject('cython-ufunc', default_options: {'stable_abi': '312'})",
        r"stable ABI '312' is not a version of the form <major>\.<minor>, such as 3\.12",
        True,
    ),
    Mistake(
        "meson.build",
        SUBPROJECT,
        "subproject('cython-ufunc', default_options: {'numpy_target_version': '1.99'})",
        r"NumPy \S+ has no target version 1\.99. Give one of: .*1\.25",
        True,
    ),
    Mistake(
        "meson.build",
        SUBPROJECT,
        "subproject('cython-ufunc', default_options: {'shared_utility': 'mypkg.2d'})",
        r"'mypkg\.2d' is not a module name: '2d' is not a Python identifier\.",
        True,
    ),
    Mistake(
        "mypkg/meson.build",
        FOR_FASTMATH,
        "'--cython-arg=--shared=mypkg._cyutility'",
        r"'--shared=mypkg\._cyutility' cannot be given: SHARED_UTILITY says it \(with Meson: --shared-utility\)",
    ),
    Mistake(
        "meson.build",
        SUBPROJECT,
        "subproject('cython-ufunc', default_options: {'shared_utility': 'mypkg._cyutility', 'stable_abi': '3.11'})",
        r"the shared utility module is for the stable ABI, so that this has to be, too",
    ),
    Mistake(
        "mypkg/fastmath.pyx", "cimport cython\n", "cimport cyton\n", r"fastmath\.pyx:\d+:\d+: 'cyton\.pxd' not found"
    ),
]


def fake_package(folder: Path, name: str, code: str) -> Path:
    """A package `name` in `folder` that runs `code` at its import."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text(code)
    return folder


def errors(options: Options) -> None:
    """Makes one mistake after the other; each gives its error."""
    fakes = options.scratch / "fakes"
    shutil.rmtree(fakes, ignore_errors=True)
    project = Project(options.scratch / "project", options.meson)
    tools = [
        (
            "Cython",
            "raise ImportError('none')",
            r"has a Cython that cannot be imported \(ImportError: none\)\. Install one with: .* -m pip install",
        ),
        ("Cython", "__version__ = '0.29.36'", r"Cython 0\.29\.36 at \S+ is too old; 3\.0\.0 or newer is needed"),
        ("numpy", "raise ImportError('none')", r"cannot import NumPy \(none\)\. Install one with: .* -m pip install"),
        (
            "numpy",
            "__version__ = '1.16.0'; get_include = lambda: __file__",
            r"NumPy 1\.16\.0 at \S+ is too old; 1\.19 or newer is needed",
        ),
    ]
    for number, (package, code, message) in enumerate(tools):
        folder = fake_package(fakes / str(number), package, code)
        output = project.run(
            options.meson, "setup", "--wipe", "--native-file", project.native_file, project.build,
            fails=True, PYTHONPATH=str(folder),
        )  # fmt: skip
        expect(f"{package}: {code}", message, output)
    project.use_python(options.other_python)
    old_cython = [
        ("-Dcython-ufunc:stable_abi=3.12", r"the stable ABI 3\.12 needs Cython 3\.1 or newer; found Cython 3\.0\.9"),
        ("-Dcython-ufunc:free_threaded=true", r"--free-threaded needs Cython 3\.1 or newer; found Cython 3\.0\.9"),
    ]
    for argument, message in old_cython:
        expect(argument, message, project.setup("--wipe", argument, fails=True))
    project.use_python(sys.executable)
    cross_file = options.scratch / "cross.ini"
    cross_file.write_text(
        f"[binaries]\nc = 'cc'\ncpp = 'c++'\nar = 'ar'\npython = '{sys.executable}'\n"
        "[properties]\nneeds_exe_wrapper = true\n"
        "[host_machine]\nsystem = 'linux'\ncpu_family = 's390x'\ncpu = 's390x'\nendian = 'big'\n"
    )
    message = (
        rf"the Python {re.escape(sys.executable)} is not that of the target \(linux, s390x\): modules would end in \."
    )
    output = project.setup("--wipe", f"--cross-file={cross_file}", fails=True)
    expect("cross build without python.build_config", message, output)
    for mistake in MISTAKES:
        path = project.source / mistake.name
        text = path.read_text(encoding="utf-8")
        project.edit(mistake.name, mistake.old, mistake.new)
        output = project.setup("--wipe", fails=mistake.at_setup)
        if not mistake.at_setup:
            output = project.ninja(fails=True)
        expect(f"{mistake.name}: {mistake.new}", mistake.message, output)
        path.write_text(text, encoding="utf-8")
    project.setup("--wipe")
    project.ninja()
    project.call()


def expect(what: str, message: str, output: str) -> None:
    """Asserts that `message` is found in `output`."""
    found: Optional[re.Match[str]] = re.search(message, output)
    assert found, f"{what}: no match for {message!r} in\n{output}"
    print(f"{what}\n    {found[0]}")


def main(scenarios: Sequence[Callable[[Options], None]]) -> None:
    """Runs the scenario that the command line names."""
    by_name: Dict[str, Callable[[Options], None]] = {function.__name__: function for function in scenarios}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--meson", required=True)
    parser.add_argument("--other-python", required=True)
    parser.add_argument("scenario", choices=by_name)
    options = parser.parse_args()
    by_name[options.scenario](Options(options.scratch.resolve(), options.meson, options.other_python))
    print(f"meson-features: {options.scenario}: as expected")


if __name__ == "__main__":
    main([exact_rebuilds, variants, installation, errors])
