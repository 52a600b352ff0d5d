"""Imports the modules where NumPy cannot be used, and compares the ImportError with what it should say.

Usage: check.py <build directory> [--built-with <version>] [--other-python <interpreter> --expect <module>=<outcome> ...]
  --built-with: the release of the NumPy that the modules were built with; by default, that of CMake's or this Python.
  Without --other-python: the cases that need no other NumPy, with fake ones.
  With it: the modules of `mypkg` are imported by that interpreter, which has another NumPy. The outcome is `works`,
  `too-new`, or the oldest NumPy that accepts the module, such as `2.0`, when this one is older.
"""

import argparse
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import textwrap
from pathlib import Path
from typing import Optional, Sequence

# An interpreter that can do without the GIL warns where a module, which has not declared that it can, brings it back.
GIL = ["-X", "gil=1"] if sysconfig.get_config_var("Py_GIL_DISABLED") else []
REPORT = """
import builtins, sys
try:
    import mypkg.{module}
except BaseException as error:
    print("type:", type(error).__name__)
    print("name:", getattr(error, "name", None))
    print("text:", error)
    cause = error.__cause__
    print("cause:", type(cause).__name__, "-", str(cause).strip().splitlines()[:1])
else:
    print("imported")
"""


def run(build: Path, code: str, path: Sequence[Path] = (), python: str = sys.executable, site: bool = True) -> str:
    """What an interpreter prints that runs `code` with `path` in front of the build directory."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [*path, build]))}
    command = [python, *GIL, "-X", "dev", "-W", "error", *([] if site else ["-S"]), "-c", textwrap.dedent(code)]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 0, f"exit code {result.returncode}\n{result.stdout}\n{result.stderr}"
    assert result.stderr == "", f"printed to stderr:\n{result.stderr}"
    return result.stdout


def expect(what: str, output: str, *patterns: str) -> None:
    """Asserts that each of `patterns` is found in `output`."""
    print(f"--- {what}\n{output.strip()}")
    for pattern in patterns:
        assert re.search(pattern, output), f"{what}: no match for {pattern!r}"


def versions(build: Path) -> str:
    """The release of the NumPy that the modules were built with: of the Python in CMake's cache, or of this one."""
    python = sys.executable
    cache = build / "CMakeCache.txt"
    if cache.is_file():
        cached = re.search(r"^Python_EXECUTABLE:\w+=(.*)$", cache.read_text(), re.MULTILINE)
        assert cached
        python = cached[1]
    return subprocess.run(
        [python, "-c", "import numpy; print(numpy.__version__)"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()


def fake_numpy(folder: Path, code: str) -> Path:
    """A package `numpy` in `folder` whose import runs `code`."""
    package = folder / "numpy"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(textwrap.dedent(code))
    return folder


def check_without_other_python(build: Path, scratch: Path, built_with: str) -> None:
    """No NumPy, and NumPys that fail in their various ways."""
    for module in ("doubling", "doubling_single"):
        code = REPORT.format(module=module)
        intro = rf"text: mypkg\.{module} cannot use NumPy's C API: it was built with NumPy {re.escape(built_with)} and needs NumPy \S+ or newer"

        expect("usable", run(build, code), "^imported")

        expect(
            "missing",
            run(build, code, site=False),
            "type: ImportError",
            rf"name: mypkg\.{module}",
            intro + ', but found no NumPy: NumPy could not be imported. Install "numpy>=',
            r"cause: ModuleNotFoundError - \[\"No module named 'numpy'\"\]",
        )

        folder = scratch / module / "shadowed"
        folder.mkdir(parents=True)
        (folder / "numpy.py").write_text("array = list\n")
        expect(
            "shadowed by a local numpy.py",
            run(build, code, [folder]),
            "type: ImportError",
            intro
            + rf", but found {re.escape(str(folder / 'numpy.py'))}: that file is not NumPy and hides it. Rename or remove it",
            "cause: ModuleNotFoundError",
        )

        folder = fake_numpy(scratch / module / "broken", "raise ImportError('libopenblas.so.0: cannot open it')")
        expect(
            "its C extension broken",
            run(build, code, [folder]),
            "type: ImportError",
            intro
            + rf", but found NumPy of unknown version at {re.escape(str(folder / 'numpy' / '__init__.py'))}: that NumPy could not be imported",
            r"cause: ImportError - \['libopenblas.so.0: cannot open it'\]",
        )

        folder = fake_numpy(scratch / module / "failing", "raise RuntimeError('CPU lacks AVX')")
        metadata = folder / "numpy-1.99.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: numpy\nVersion: 1.99.0\n")
        expect(
            "raising at import",
            run(build, code, [folder]),
            intro + rf", but found NumPy 1\.99\.0 at {re.escape(str(folder / 'numpy' / '__init__.py'))}: ",
            r"cause: RuntimeError - \['CPU lacks AVX'\]",
        )

        folder = fake_numpy(scratch / module / "no_table", "")
        (folder / "numpy" / "_core").mkdir()
        (folder / "numpy" / "_core" / "__init__.py").write_text("")
        (folder / "numpy" / "_core" / "_multiarray_umath.py").write_text("_ARRAY_API = 'no capsule'\n")
        expect("table of a wrong type", run(build, code, [folder]), intro, "cause: ValueError")

        for exception in ("KeyboardInterrupt", "SystemExit"):
            folder = fake_numpy(scratch / module / exception, f"raise {exception}")
            expect(exception, run(build, code, [folder]), f"type: {exception}\n", "cause: NoneType")

        folder = scratch / module / "shadowed"
        retry = f"""
        import sys
        sys.path.insert(0, {str(folder)!r})
        try:
            import mypkg.{module}
        except ImportError:
            print("refused")
        sys.path.remove({str(folder)!r})
        for name in [name for name in sys.modules if name.split(".")[0] == "numpy"]:
            del sys.modules[name]
        import mypkg.{module} as module
        print("later:", module.double_it(21.0))
        """
        expect("a later import", run(build, retry), "^refused\nlater: 42.0")


def check_other_python(build: Path, python: str, expectations: Sequence[str], built_with: str) -> None:
    """The modules imported by an interpreter with another NumPy."""
    code = "import numpy; print('found', numpy.__version__, numpy.__file__)"
    found = re.match(r"found (\S+) (.*)", run(build, code, python=python))
    assert found
    where = rf"but found NumPy {re.escape(found[1])} at {re.escape(found[2])}: "
    for expectation in expectations:
        module, _, outcome = expectation.partition("=")
        what = f"{module} on NumPy {found[1]}"
        if outcome == "works":
            call = f"import mypkg.{module} as m; print(m.double_it(21.0))"
            expect(what, run(build, call, python=python), "^42.0$")
            continue
        if outcome == "too-new":
            patterns = ['Rebuild it with this NumPy, or install "numpy<2"']
        else:
            oldest = re.escape(outcome)
            patterns = [f"needs NumPy {oldest} or newer", f'this NumPy is too old. Install "numpy>={oldest}"']
        expect(
            what,
            run(build, REPORT.format(module=module), python=python),
            "type: ImportError",
            rf"name: mypkg\.{module}",
            rf"built with NumPy {re.escape(built_with)} ",
            where,
            "cause: RuntimeError",
            *patterns,
        )


def main() -> None:
    """Runs the cases that the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--built-with")
    parser.add_argument("--other-python")
    parser.add_argument("--expect", nargs="+", default=[], metavar="MODULE=OUTCOME")
    options = parser.parse_args()
    built_with: str = options.built_with or versions(options.build)
    python: Optional[str] = options.other_python
    if python is None:
        with tempfile.TemporaryDirectory() as scratch:
            check_without_other_python(options.build, Path(scratch), built_with)
    else:
        assert options.expect, "nothing to check"
        check_other_python(options.build, python, options.expect, built_with)
    print("import-failures: each reported as expected")


main()
