# SPDX-License-Identifier: BSD-3-Clause
"""Gives `cython-ufunc audit` wrong input and damaged files, and checks what it says, how it ends, and the shape of its JSON.

Usage: check_input.py <folder of notes> <folder of the modules that ci/audit-modules made>
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any, Dict, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "ci"))

from testing.message_notes import Notes  # noqa: E402

NOTES = Notes(Path(sys.argv[1]))
MODULES = Path(sys.argv[2])
MODULE_KEYS = {
    "file",
    "format",
    "machine",
    "verdict",
    "declared",
    "needed",
    "abi",
    "requires",
    "slots",
    "findings",
    "guarded",
    "not_followed",
}


class Result(NamedTuple):
    """What a run gave."""

    code: int
    out: str
    err: str


def run(*arguments: object, without: str = "") -> Result:
    """Runs the command; `without`: a library that it shall not find."""
    program = "import sys; from cython_ufunc.__main__ import main; sys.exit(main())"
    if without:
        hide = f"import importlib.util as u; f = u.find_spec; u.find_spec = lambda n, *a: None if n == {without!r} else f(n, *a); "
        program = hide + program
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "transpiler")}
    command = [sys.executable, "-c", program, "audit", *map(str, arguments)]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert "Traceback" not in result.stderr, result.stderr
    return Result(result.returncode, result.stdout, result.stderr)


def report(*arguments: object) -> Dict[str, Any]:
    """What it says as JSON."""
    found: Dict[str, Any] = json.loads(run("--json", *arguments).out)
    return found


class Audit(unittest.TestCase):
    """Each test has a folder of its own."""

    def setUp(self) -> None:
        self.dir = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.dir)

    def assert_refused(self, expected: str, *arguments: object, without: str = "") -> None:
        """The command ends with exit code 2 and one line, which `expected` matches."""
        result = run(*arguments, without=without)
        self.assertEqual((result.code, result.out), (2, ""), result)
        self.assertEqual(result.err.count("\n"), 1, result.err)
        self.assertRegex(result.err, "^cython-ufunc: error: " + expected)
        NOTES.add(result.err)

    def test_arguments(self) -> None:
        self.assert_refused(r"unknown argument '--jsno'\. Did you mean '--json'\?", "--jsno", ".")
        self.assert_refused(r"argument --jobs: -1 is less than 0\.", "--jobs=-1", ".")
        self.assert_refused(r"the argument is empty\.", "")

    def test_place(self) -> None:
        self.assert_refused(r"\S*/gone\.so does not exist\. Give an extension module, a wheel", self.dir / "gone.so")
        self.assert_refused(r"\S* has no shared libraries in it \(\.so, .*Build first", self.dir)
        text = self.dir / "text.so"
        text.write_text("INPUT(-lm)\n")
        self.assert_refused(r"\S*/text\.so is no shared library of Linux \(ELF\), Windows", text)

    def test_wheel(self) -> None:
        wheel = self.dir / "bad-1.0-py3-none-any.whl"
        wheel.write_text("no archive")
        self.assert_refused(r"\S*\.whl is not a wheel that can be read: File is not a zip file", wheel)
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("bad/__init__.py", "")
        self.assert_refused(r"\S*\.whl has no shared libraries in it .*: it is a wheel of pure Python\.$", wheel)

    def test_without_extra(self) -> None:
        expected = r"the audit needs capstone, which this Python does not have: pip install 'cython-ufunc\[audit\]'$"
        self.assert_refused(expected, MODULES / "plain.gcc-O2.so", without="capstone")

    def test_exit_codes(self) -> None:
        self.assertEqual(run(MODULES / "plain.gcc-O2.so").code, 0)
        self.assertEqual(run(MODULES / "too_new.gcc-O2.so").code, 1)
        self.assertEqual(run(MODULES / "too_new.gcc-O2.so", MODULES / "plain.gcc-O2.so", "--jobs", 2).code, 1)

    def test_json(self) -> None:
        found = report(MODULES / "too_new.gcc-O2.so")
        self.assertEqual((found["schema"], found["verdict"], found["notes"]), (1, "violation", []))
        (module,) = found["modules"]
        self.assertEqual(set(module), MODULE_KEYS)
        self.assertEqual((module["declared"], module["needed"], module["abi"]), ("1.20", "2.5", 2))
        slots = {(finding["slot"], finding["needs"], finding["guard"]) for finding in module["findings"]}
        self.assertEqual(slots, {(378, "2.5", None), (371, "2.5", "2.0")})

    def test_metadata(self) -> None:
        """A wheel that allows an older NumPy than a module of it needs; one that requires none."""
        for requirement, expected in (("numpy>=1.19", "needs NumPy 2.0 or newer"), ("six", "does not require NumPy")):
            wheel = self.dir / "too_low-1.0-py3-none-any.whl"
            with zipfile.ZipFile(wheel, "w") as archive:
                archive.write(MODULES / "refilled.gcc-O2.so", "refilled.so")
                archive.write(MODULES / "plain.gcc-O2.so", "plain.so")
                metadata = f"Metadata-Version: 2.1\nName: too_low\nVersion: 1.0\nRequires-Dist: {requirement}\n"
                archive.writestr("too_low-1.0.dist-info/METADATA", metadata)
            (note,) = report(wheel)["notes"]
            self.assertRegex(note["message"], expected.replace("2.0", "2.3"))

    def test_damaged(self) -> None:
        """Of a damaged file nothing says that it is ok, unless what is damaged is not looked at; it never ends by an exception."""
        whole = (MODULES / "too_new.gcc-O2.so").read_bytes()
        for size in (len(whole) - 1, len(whole) // 2, 100, 5):
            (self.dir / "part.so").write_bytes(whole[:size])
            (module,) = report(self.dir)["modules"]
            self.assertEqual(module["verdict"], "incomplete", size)
        why = module["not_followed"][0]["why"]
        self.assertRegex(why, r"part\.so is damaged, or no shared library .* LIEF cannot read its 5 bytes\.")
        NOTES.add(why)
        sys.path.insert(0, str(ROOT / "transpiler"))
        from cython_ufunc.audit.run import verdicts_on
        from cython_ufunc.audit.subjects import Subject

        dice = random.Random(6064)
        for _ in range(100):
            damaged = bytearray(whole)
            for _ in range(dice.randrange(1, 20)):
                damaged[dice.randrange(4, len(damaged))] = dice.randrange(256)
            (self.dir / "part.so").write_bytes(damaged)
            self.assertTrue(verdicts_on(Subject(self.dir / "part.so", None)))

    def test_unreadable(self) -> None:
        loop = self.dir / "loop.so"
        loop.symlink_to(loop)
        self.assert_refused(r"\S*/loop\.so does not exist\.", loop)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
