"""Gives the doctor wrong input, damaged files and installations that do not work, and checks what it says.

Usage: check_input.py <folder of notes> --build <build directory of this project> [--crash <plain modules>]
"""

import argparse
import random
import re
import shutil
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Dict, List

from doctor_command import HERE, TRANSPILER, problems_of, report_of, run_doctor
from testing.message_notes import Notes

parser = argparse.ArgumentParser()
parser.add_argument("notes", type=Path)
parser.add_argument("--build", type=Path, required=True)
parser.add_argument("--windows-module", type=Path)
OPTIONS = parser.parse_args()
NOTES = Notes(OPTIONS.notes)
FAKES = HERE / "fakes"
OTHER_FAKES = HERE.parent / "errors" / "fakes"


class Case(unittest.TestCase):
    """Has a folder of its own for each test."""

    def setUp(self) -> None:
        self.dir = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.dir)

    def assert_refused(self, expected: str, *arguments: object) -> None:
        """The command ends with exit code 2 and one line, which `expected` matches."""
        result = run_doctor(*arguments)
        self.assertEqual((result.code, result.out), (2, ""), result)
        self.assertEqual(result.err.count("\n"), 1, result.err)
        self.assertRegex(result.err, "^cython-ufunc: error: " + expected)
        NOTES.add(result.err)

    def program(self, name: str, text: str) -> None:
        """A program on PATH that is the shell script `text`."""
        path = self.dir / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)


class BadInput(Case):
    """What ends with exit code 2."""

    def test_arguments(self) -> None:
        self.assert_refused(r"unknown argument '--jsno'\. Did you mean '--json'\? See 'cython-ufunc doctor ", "--jsno")
        self.assert_refused(r"the argument is empty\. Set the variable it comes from, or leave it out\.$", "")
        self.assert_refused(r"argument --timeout: invalid float value: 'long'\. See ", "--timeout", "long", ".")
        for timeout in ("0", "-1", "nan", "inf"):
            expected = rf"argument --timeout: {timeout} is not between 0 and 86400\. See "
            self.assert_refused(expected, f"--timeout={timeout}", ".")

    def test_place(self) -> None:
        self.assert_refused(
            r"\S*/gone\.so does not exist\. Give an extension module, a wheel or ", self.dir / "gone.so"
        )
        self.assert_refused(r"\S* has no extension modules in it \(no \.so or \.pyd files\)\. Build first", self.dir)

    def test_wheel(self) -> None:
        wheel = self.dir / "bad-1.0-py3-none-any.whl"
        wheel.write_text("no archive")
        self.assert_refused(r"\S*\.whl is not a wheel that can be read: File is not a zip file\. Build or ", wheel)
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("bad/__init__.py", "")
        self.assert_refused(r"\S*\.whl has no extension modules in it .*: it is a wheel of pure Python\.$", wheel)

    def test_other_files(self) -> None:
        text = self.dir / "text.so"
        text.write_text("INPUT(-lm)\n")
        expected = r"\S*/text\.so is not an extension module: it is 11 bytes that begin as no shared library of Linux "
        self.assert_refused(expected, text)
        library = OPTIONS.build / "wrong" / "no_extension.so"
        expected = (
            r".*/no_extension\.so is not an extension module of Python: it is a shared library \(ELF, \w+\) that "
        )
        self.assert_refused(expected, library)

    def test_unreadable(self) -> None:
        loop = self.dir / "loop.so"
        loop.symlink_to(loop)
        self.assert_refused(r"\S*/loop\.so (does not exist|cannot be read: )", loop)
        memory = Path("/proc/self/mem")  # even root cannot read it from its beginning
        if memory.exists():
            self.assert_refused(
                r"/proc/self/mem cannot be read: Input/output error\. Check the path and its permissions\.$", memory
            )

    def test_truncated(self) -> None:
        whole = next((OPTIONS.build / "pkg").glob("never_fails*.so")).read_bytes()
        part = self.dir / "never_fails.so"
        for size in (4, 100, len(whole) // 2, len(whole) - 1):
            part.write_bytes(whole[:size])
            self.assert_refused(r"\S*/never_fails\.so is damaged or only a part of a file: .*\. Build or copy ", part)

    def test_truncated_in_directory(self) -> None:
        """The others are examined all the same."""
        good = next((OPTIONS.build / "wrong").glob("raising*.so"))
        shutil.copy(good, self.dir)
        (self.dir / f"part{good.name[len('raising') :]}").write_bytes(good.read_bytes()[:1000])
        report = report_of(self.dir, code=1)
        self.assertEqual([item["module"] for item in report["extensions"]], ["raising"])
        self.assertRegex(problems_of(report)["unreadable"], "^it is damaged or only a part of a file: ")


class DamagedFiles(unittest.TestCase):
    """Whatever is in a file, it is read or refused, at once."""

    def fuzz(self, data: bytes) -> None:
        sys.path.insert(0, str(TRANSPILER))
        from cython_ufunc.doctor.contents import read_contents
        from cython_ufunc.doctor.formats import read_binary
        from cython_ufunc.errors import UserError

        dice = random.Random(6064)
        read = refused = 0
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "fuzzed.so")
            for turn in range(400):
                damaged = bytearray(data)
                if turn % 4 == 0:
                    del damaged[dice.randrange(len(damaged)) :]
                for _ in range(dice.randrange(1, 20)):  # most of them where the headers are
                    at = dice.randrange(min(len(damaged) or 1, dice.choice([64, 1024, len(data)])))
                    damaged[at : at + 1] = bytes([dice.choice([0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)])])
                path.write_bytes(damaged)
                try:
                    read_contents(read_binary(path))
                    read += 1
                except UserError:
                    refused += 1
        print(f"{read} files read, {refused} refused")
        self.assertGreater(min(read, refused), 10)

    def test_elf(self) -> None:
        self.fuzz(next((OPTIONS.build / "wrong").glob("raising*.so")).read_bytes())

    def test_mach_o(self) -> None:
        from mach_o_sample import mach_o, universal

        self.fuzz(mach_o())
        self.fuzz(universal())

    @unittest.skipUnless(OPTIONS.windows_module, "Not tested: files of Windows, which need MinGW-w64's compiler")
    def test_pe(self) -> None:
        self.fuzz(OPTIONS.windows_module.read_bytes())


class Installation(Case):
    """What is said without an argument."""

    def found(self, code: int, **keywords: object) -> Dict[str, str]:
        """The problems with this folder as PATH."""
        variables = {"PATH": str(self.dir), "CC": "", "CXX": ""}
        problems = problems_of(report_of(code=code, variables=variables, **keywords))
        for message in problems.values():
            NOTES.add(message)
        return problems

    def make_programs(self, *names: str) -> None:
        for name in names:
            self.program(name, f"echo {name} version 9.9.9")

    def test_this_machine(self) -> None:
        report = report_of(code=0)
        tools = {tool["name"]: tool for tool in report["installed"]["tools"]}
        import Cython
        import numpy

        self.assertEqual(tools["Cython"]["version"], Cython.__version__)
        self.assertEqual(tools["NumPy"]["version"], numpy.__version__)
        self.assertEqual(tools["Python"]["path"], sys.executable)
        self.assertRegex(tools["C++ compiler"]["version"], r"\d+\.\d+")
        self.assertEqual(report["extensions"], [])
        text = run_doctor().out
        self.assertIn(f"Cython          {Cython.__version__}, ", text)
        self.assertRegex(text, r"\n\nNo problems found\.\n$")

    def test_nothing(self) -> None:
        problems = self.found(1)
        self.assertEqual(sorted(problems), ["build-system-missing", "compiler-missing"])
        self.assertRegex(problems["build-system-missing"], "^there is neither CMake nor Meson on PATH")
        self.assertRegex(problems["compiler-missing"], r"^there is no C\+\+ compiler on PATH \(tried c\+\+, g\+\+")

    def test_programs(self) -> None:
        self.make_programs("cmake", "meson", "ninja", "cc", "c++")
        self.assertEqual(self.found(0), {})
        (self.dir / "ninja").unlink()
        self.assertRegex(self.found(1)["ninja-missing"], "^Meson needs Ninja, which is not on PATH")
        self.program("ninja", "echo no such library >&2; exit 3")
        problems = self.found(1)
        expected = r"^Ninja at \S+/ninja does not work: it ended with exit code 3 and said: no such library\. Install "
        self.assertRegex(problems["program-broken"], expected)

    def test_old_programs(self) -> None:
        self.make_programs("ninja", "cc", "c++")
        self.program("meson", "echo 1.3.2")
        real = shutil.which("cmake")
        wrapper = self.dir / "wrapper.cmake"
        wrapper.write_text('set(CMAKE_VERSION 3.20.5)\ninclude("${file}")\n')
        self.program(
            "cmake", f'[ "$1" = -P ] || {{ echo cmake version 3.20.5; exit; }}; "{real}" "-Dfile=$2" -P "{wrapper}"'
        )
        problems = self.found(1)
        self.assertRegex(problems["meson-too-old"], r"^Meson 1\.3\.2 at \S+/meson is too old; 1\.4\.0 or newer is ")
        self.assertRegex(problems["cmake"], r"CythonUfunc: CMake 3\.20\.5 is too old; 3\.21 or newer is needed\.")

    def test_compiler_variable(self) -> None:
        self.make_programs("cmake", "ninja", "cc", "c++")
        variables = {"PATH": str(self.dir), "CC": "", "CXX": "launcher gone++"}
        problems = problems_of(report_of(code=1, variables=variables))
        self.assertRegex(
            problems["compiler-missing"], r"^there is no C\+\+ compiler on PATH \(CXX is 'launcher gone\+\+'"
        )

    def test_packages(self) -> None:
        self.make_programs("cmake", "ninja", "cc", "c++")
        cases: Dict[str, List[Path]] = {
            r"^Cython 0\.29\.\d+ at \S+ is too old": [OTHER_FAKES / "cython-0.29"],
            r"^\S+ has a Cython that cannot be imported": [OTHER_FAKES / "cython-broken"],
            r"^NumPy 1\.18\.5 at \S+ is too old": [OTHER_FAKES / "numpy-1.18"],
            r"^the C code that Cython 3\.0\.0 writes does not compile with Python 3\.13\.0\. Install a newer Cython: ": [
                FAKES / "new-python"
            ],
            r"^Python's headers are missing: there is no Python\.h in /nowhere/include\. On Debian": [
                FAKES / "no-headers"
            ],
            r"^--free-threaded needs NumPy 2\.1 or newer on this Python; found NumPy 1\.19\.5": [
                OTHER_FAKES / name for name in ("free-threaded", "cython-3.1", "numpy-1.19")
            ],
        }
        for expected, path in cases.items():
            with self.subTest(expected):
                problems = self.found(1, path=path)
                self.assertTrue(any(re.search(expected, message) for message in problems.values()), problems)

    def test_notes(self) -> None:
        self.make_programs("cmake", "ninja", "cc", "c++")
        fake = [OTHER_FAKES / "cython-3.0"]
        notes = report_of(code=0, path=fake, variables={"PATH": str(self.dir)})["installed"]["notes"]
        self.assertRegex(notes[0], r"^the stable ABI 3\.11 needs Cython 3\.1 or newer; found Cython 3\.0\.12")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
