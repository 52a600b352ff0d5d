# SPDX-License-Identifier: BSD-3-Clause
"""When a transpile step runs Cython again, and when its record spares it that."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Tuple

import pytest
from support import PROGRAM

SOURCE = '''# cython: language_level=3, boundscheck=False
# A comment.
cimport numpy as np
from units cimport METRE  # how long it is


cdef public double half(double x):
    return x / 2


def lengths(double[:] values):  # in metres
    """The lengths # of all."""
    return np.NPY_DOUBLE, [f"{value * METRE}#" for value in values]
'''
UNITS = """cdef enum:
    # A unit.
    METRE = 100  # centimetres
"""
# The folder, the file, and what is replaced in it by what.
SPARED = [
    ("module.pyx", "# A comment.", "# Another one."),
    ("module.pyx", "# how long it is", "#"),
    ("module.pyx", "  # in metres", ""),
    ("last/units.pxd", "# A unit.", "#A unit, of length"),
    ("last/units.pxd", "100  # centimetres", "100"),
    ("last/units.pxd", "", ""),  # a new time stamp
]
NOT_SPARED = [
    ("module.pyx", "# A comment.\n", "# A comment.\n# That moves the code.\n"),
    ("module.pyx", "boundscheck=False", "boundscheck=True"),
    ("module.pyx", "lengths # of", "lengths # and heights of"),
    ("module.pyx", '}#"', '}#m"'),
    ("module.pyx", "# in metres", "# the user's"),  # a quote: it could be the rest of a string
    ("last/units.pxd", "METRE = 100", "METRE = 1000"),
]
WARNED = "cdef int unused(int x):\n    return x\n    return 1  # never\n"


class Step:
    """One transpile step, done again and again."""

    def __init__(self, scratch: Path) -> None:
        self.folder = scratch / "source"
        for name in ("first", "last"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "module.pyx").write_text(SOURCE)
        (self.folder / "last" / "units.pxd").write_text(UNITS)

    def run(self, *more: str, into: str = "out", **variables: str) -> str:
        """Does the step, with environment variables; returns what it printed."""
        out = self.folder.parent / into
        outputs = [f"--{name}={out / file}" for name, file in self.files().items()]
        folders = [f"--include-directory={self.folder / name}" for name in ("first", "last")]
        command = [sys.executable, str(PROGRAM), "transpile", str(self.folder / "module.pyx"), *outputs, *folders]
        result = subprocess.run(
            [*command, f"--worker-directory={self.folder.parent / 'worker'}", *more],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**{name: value for name, value in os.environ.items() if name != "CYTHON_UFUNC_CACHE"}, **variables},
        )  # fmt: skip
        assert result.returncode == 0, result.stdout
        assert (out / "module.stamp").is_file()
        return result.stdout

    @staticmethod
    def files() -> Dict[str, str]:
        """The outputs by the option that names them."""
        names = {"body": ".c", "shim": "_init.cpp", "header": ".h", "depfile": ".d", "stamp": ".stamp"}
        return {name: f"module{extension}" for name, extension in names.items()}

    def contents(self, into: str = "out") -> List[str]:
        """What is in the outputs."""
        out = self.folder.parent / into
        folder = re.compile("|".join(re.escape(text) for text in (str(out), str(out).replace(" ", "\\ "))))
        return [folder.sub("<out>", (out / file).read_text()) for file in self.files().values()]

    def record(self) -> Tuple[int, int]:
        """What changes when Cython runs: the record is a new file then."""
        status = (self.folder.parent / "out" / ".module.c.record").stat()
        return status.st_ino, status.st_mtime_ns

    def ran(self, *more: str) -> bool:
        """Does the step; returns whether Cython ran. The outputs are those of a step without a record, either way."""
        before = self.record()
        (self.folder.parent / "out" / "module.d").unlink()  # as Ninja does
        self.run(*more)
        shutil.rmtree(self.folder.parent / "fresh", ignore_errors=True)
        self.run(*more, into="fresh")
        assert self.contents() == self.contents("fresh"), "the outputs are not those of a fresh step"
        return self.record() != before

    def edit(self, name: str, old: str, new: str) -> None:
        """Replaces `old` by `new` in a file."""
        path = self.folder / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))


@pytest.fixture
def step(tmp_path: Path) -> Step:
    """A step that has not run yet."""
    return Step(tmp_path)


def test_edits(step: Step) -> None:
    """Edits of comments are spared, but for those that have an effect."""
    step.run()
    assert not step.ran()
    for edits, expected in ((SPARED, False), (NOT_SPARED, True)):
        for name, old, new in edits:
            text = (step.folder / name).read_text()
            step.edit(name, old, new)
            assert step.ran() == expected, f"{name}: {old!r} -> {new!r}"
            assert not step.ran(), "it runs each time"
            (step.folder / name).write_text(text)
            step.run()


def test_surroundings(step: Step) -> None:
    """Other options, other outputs and other files that are found lead to a new run."""
    out = step.folder.parent / "out"
    step.run()
    for more in ("--directive=wraparound=False", f"--include-directory={step.folder}", "--language=c++"):
        assert step.ran(more), more
        assert not step.ran(more), more
        assert step.ran(), f"not {more}"
    for name in ("module.c", "module_init.cpp", "module.h"):
        (out / name).write_text("edited")
        assert step.ran(), name
        (out / name).unlink()
        assert step.ran(), name
    first = step.folder / "first" / "units.pxd"
    first.write_text(UNITS.replace("100", "10"))
    assert step.ran(), "a .pxd that is found first"
    first.unlink()
    assert step.ran(), "a .pxd that is gone"
    (out / ".module.c.record").write_bytes(b"garbage")
    assert step.ran(), "a damaged record"


def test_not_recorded(step: Step) -> None:
    """Steps that print, and those with comments in their outputs, run each time."""
    record = step.folder.parent / "out" / ".module.c.record"
    for more in ("--annotate", "--coverage", "--directive=emit_code_comments=True", "--cython-arg=-3"):
        step.run(more)
        assert not record.exists(), more
    step.edit("module.pyx", "boundscheck=False", "emit_code_comments=True")
    step.run()
    assert not record.exists(), "emit_code_comments in the source"
    step.edit("module.pyx", "emit_code_comments=True", "boundscheck=False")
    step.run()
    assert record.exists()
    step.edit("module.pyx", "cdef public", WARNED + "cdef public")
    for _ in range(2):
        assert "Unreachable code" in step.run("--directive=warn.unreachable=True"), "the warning is lost"
        assert not record.exists()


def test_reasons(step: Step) -> None:
    """With CYTHON_UFUNC_VERBOSE a step says why it runs."""
    out = step.folder.parent / "out"
    units, first = step.folder / "last" / "units.pxd", step.folder / "first" / "units.pxd"

    def expect(reason: str, *more: str) -> None:
        output = step.run(*more, CYTHON_UFUNC_VERBOSE="1")
        lines = [line for line in output.split("\n") if line.startswith("cython-ufunc: ")]
        expected = rf"cython-ufunc: {re.escape(str(step.folder / 'module.pyx'))}: {reason}"
        assert len(lines) == 1 and re.fullmatch(expected, lines[0]), f"{output}\nexpected: {expected}"

    expect(r"transpiled, because there is no record of an earlier run \(the first one, or one with messages\)")
    expect("not transpiled, because nothing but comments or time stamps changed")
    step.edit("module.pyx", "# A comment.", "# Another one.")
    expect("not transpiled, because nothing but comments or time stamps changed")
    units.write_text(UNITS.replace("100", "10"))
    expect(rf"transpiled, because {re.escape(str(units))} changed")
    first.write_text(UNITS)
    expect(rf"transpiled, because {re.escape(str(first))} is found where it was not")
    first.unlink()
    expect(rf"transpiled, because {re.escape(str(first))} is gone")
    (out / "module_init.cpp").write_text("edited")
    expect(rf"transpiled, because {re.escape(str(out / 'module_init.cpp'))} is not as it was made")
    expect("transpiled, because the option --free-threaded is new", "--free-threaded")
    expect("transpiled, because the option --free-threaded is gone; the option --language is another", "--language=c++")
    expect("transpiled, because steps with its options have no record of what they were made from", "--annotate")
    assert "cython-ufunc:" not in step.run(CYTHON_UFUNC_VERBOSE="0")
    assert "cython-ufunc:" not in step.run()
