"""Has the doctor examine extension modules that other test projects and this one built, good ones and bad ones.

Usage: check_extensions.py <folder of notes> --build <build directory of this project>
         --crash-and-cure <build directory> [--other-projects ...]
  Runs with the Python that built --crash-and-cure with Cython 3.0.9.
"""

import argparse
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any, Dict, List, Sequence

from doctor_command import HERE, problems_of, report_of, run_doctor
from mach_o_sample import mach_o, universal
from testing.message_notes import Notes

parser = argparse.ArgumentParser()
parser.add_argument("notes", type=Path)
add = parser.add_argument
add("--build", type=Path, required=True, help="of this project, by Cython 3.0.9")
add("--crash-and-cure", type=Path, required=True, help="of that project, by Cython 3.0.9")
add("--newest", type=Path, required=True, help="of that project, by the newest Cython")
add("--meson", type=Path, help="of that project, by Cython 3.0.9 and Meson")
add("--stable-abi", type=Path, help="of that project")
add("--for-numpy-2", type=Path, help="of import-failures, by NumPy 2")
add("--for-numpy-1", type=Path, help="of import-failures, by NumPy 1")
add("--old-numpy", help="the Python with NumPy 1")
add("--windows-module", type=Path, help="of this project")
OPTIONS = parser.parse_args()
NOTES = Notes(OPTIONS.notes)

SUFFIX = sysconfig.get_config_var("EXT_SUFFIX")
UFUNCS = ("with_numpy", "with_numpy_and_parallel", "with_parallel", "with_prange")
HELPERS = ("array_helper", "ufunc_helper")
DEFECT = r"^it has ufuncs, but no import of NumPy's ufunc API, .*\(cython/cython#6064"


def by_module(report: Dict[str, Any]) -> Dict[str, Dict[str, Any]]:
    return {item["module"]: item for item in report["extensions"]}


def tables(item: Dict[str, Any]) -> "tuple[str, str]":
    return item["numpy"]["tables_imported_by"], item["numpy"]["evidence"]


def codes(item: Dict[str, Any]) -> List[str]:
    return [problem["code"] for problem in item["problems"]]


def make_wheel(folder: Path, modules: Sequence[Path]) -> Path:
    """A wheel of the package `mypkg`, whose modules stand where a wheel of a mixed package has them."""
    wheel = folder / "mypkg-1.0-cp311-cp311-linux_x86_64.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("plain/__init__.py", "")
        archive.writestr("cured/__init__.py", "")
        for module in modules:
            archive.write(module, f"{module.parent.name}/{module.name}")
    return wheel


class Defect(unittest.TestCase):
    """Modules of Cython 3.0.9, plain and cured."""

    def setUp(self) -> None:
        self.dir = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.dir)

    def check_modules(self, found: Dict[str, Dict[str, Any]], outcome_of_plain: str) -> None:
        for name in UFUNCS:
            plain, cured = found[f"plain.{name}"], found[f"cured.{name}"]
            self.assertEqual(codes(plain), ["ufunc-api-not-imported"], plain)
            self.assertEqual(tables(plain), ("nobody", "contents"))
            self.assertEqual(plain["import"]["outcome"], outcome_of_plain)
            self.assertRegex(plain["problems"][0]["message"], DEFECT)
            self.assertFalse(plain["made_with_cython_ufunc"])
            NOTES.add(plain["problems"][0]["message"])
            self.assertEqual(codes(cured), [], cured)
            self.assertEqual(tables(cured), ("shim", "contents"))
            self.assertTrue(plain["numpy"]["certain"] and cured["numpy"]["certain"])
            self.assertTrue(cured["made_with_cython_ufunc"] and cured["numpy"]["ufuncs"])

    def check_needs(self, item: Dict[str, Any]) -> None:
        import numpy

        self.assertEqual(item["numpy"]["built_with"], numpy.__version__)
        self.assertEqual(item["numpy"]["abi"], int(numpy.__version__.split(".")[0]))
        self.assertRegex(item["numpy"]["oldest"], r"^[12]\.\d+$")
        self.assertEqual(item["exports"], [f"PyInit_{item['module'].split('.')[-1]}"])

    def test_build_directory(self) -> None:
        found = by_module(report_of(OPTIONS.crash_and_cure, code=1))
        self.assertEqual(set(found), {f"{kind}.{name}" for kind in ("plain", "cured") for name in (*UFUNCS, *HELPERS)})
        self.check_modules(found, "crashed")
        for item in found.values():
            if item["module"].startswith("cured"):
                self.assertEqual(item["import"], {"outcome": "imported", "detail": ""})
                self.assertEqual(item["cython"] or "3.0.9", "3.0.9")
                self.check_needs(item)
            self.assertEqual(item["python"]["suffix"], SUFFIX)
            self.assertTrue(item["python"]["can_import"])
        self.assertEqual(tables(found["plain.array_helper"]), ("module", "contents"))
        self.assertEqual(codes(found["plain.array_helper"]), [])

    def test_meson(self) -> None:
        if not OPTIONS.meson:
            self.skipTest("Not tested: modules that Meson built")
        found = by_module(report_of("--no-import", OPTIONS.meson, code=1))
        self.check_modules(found, "not tried")
        self.check_needs(found["cured.with_numpy"])

    def test_without_import(self) -> None:
        """The contents alone tell, of stripped files, too."""
        for kind in ("plain", "cured"):
            shutil.copytree(OPTIONS.crash_and_cure / kind, self.dir / kind, ignore=shutil.ignore_patterns("*.p"))
        subprocess.run(["strip", *map(str, self.dir.rglob(f"*{SUFFIX}"))], check=True)
        report = report_of("--no-import", self.dir, code=1)
        self.check_modules(by_module(report), "not tried")

    def test_wheel(self) -> None:
        modules = [OPTIONS.crash_and_cure / kind / f"with_numpy{SUFFIX}" for kind in ("plain", "cured")]
        wheel = make_wheel(self.dir, modules)
        found = by_module(report_of(wheel, code=1))
        self.assertEqual(found["plain.with_numpy"]["import"], {"outcome": "crashed", "detail": "SIGSEGV"})
        self.assertEqual(found["cured.with_numpy"]["import"]["outcome"], "imported")
        self.assertEqual(found["cured.with_numpy"]["file"], f"{wheel}/cured/with_numpy{SUFFIX}")
        self.assertEqual(sorted(path.name for path in self.dir.iterdir()), [wheel.name])
        report_of(make_wheel(self.dir, modules[1:]), code=0)

    def test_one_file(self) -> None:
        """The module's name is found in its contents, because no __init__.py is around it."""
        file = OPTIONS.crash_and_cure / "cured" / f"with_numpy{SUFFIX}"
        report = report_of(file, code=0)
        self.assertEqual([item["module"] for item in report["extensions"]], ["cured.with_numpy"])

    def test_nothing_is_imported_here(self) -> None:
        """A module that writes a file when it is imported does not with --no-import."""
        package = self.dir / "plain"
        package.mkdir()
        mark = self.dir / "imported"
        (package / "__init__.py").write_text(f"open({str(mark)!r}, 'w')\n")
        shutil.copy(OPTIONS.crash_and_cure / "plain" / f"array_helper{SUFFIX}", package)
        report_of("--no-import", self.dir, code=0)
        self.assertFalse(mark.exists())
        report_of(self.dir, code=0)
        self.assertTrue(mark.exists())

    def test_newest_cython(self) -> None:
        found = by_module(report_of(OPTIONS.newest, code=0))
        for name in UFUNCS:
            item = found[f"plain.{name}"]
            self.assertEqual(tables(item), ("module", "contents"), item)
            self.assertEqual(item["import"]["outcome"], "imported")
            self.assertTrue(item["numpy"]["ufuncs"] and item["numpy"]["imports_ufunc_api"])
            self.assertEqual(tables(found[f"cured.{name}"]), ("shim", "contents"))

    def test_expected_output(self) -> None:
        """What the manual shows is what the doctor says."""
        for kind in ("plain", "cured"):
            text = run_doctor(f"{kind}/with_numpy{SUFFIX}", cwd=OPTIONS.crash_and_cure).out
            text = text.replace(SUFFIX, ".cpython-311-x86_64-linux-gnu.so")
            text = re.sub(r"Python ABI \w+", "Python ABI cp311", text)
            expected = (HERE / "expected" / f"{kind}.txt").read_text()

            def comparable(words: str) -> str:
                words = re.sub(r"NumPy \d[\d.]*\d|(?<=needs NumPy     )[\d.]+", "NumPy N", words)
                return re.sub(r"  libraries .*\n(   .*\n)*", "", words)  # those of other machines differ

            self.assertEqual(comparable(text), comparable(expected))


class OtherModules(unittest.TestCase):
    """Modules with other faults, or other properties."""

    def wrong(self, name: str, *arguments: object, code: int = 1) -> Dict[str, str]:
        """The problems of this project's module `name`."""
        file = next(OPTIONS.build.rglob(f"{name}{SUFFIX}"))
        problems = problems_of(report_of(*arguments, file, code=code))
        for message in problems.values():
            NOTES.add(message)
        return problems

    def test_loop_that_cannot_fail(self) -> None:
        """Only its import shows the defect; without it, nothing is claimed."""
        problems = self.wrong("never_fails")
        expected = (
            r"^importing it crashed the interpreter \(SIGSEGV\), and it has no import of NumPy's ufunc API: if it "
        )
        self.assertRegex(problems["ufunc-api-not-imported"], expected)
        file = next(OPTIONS.build.rglob(f"never_fails{SUFFIX}"))
        report = report_of("--no-import", file, code=0)
        numpy = report["extensions"][0]["numpy"]
        self.assertEqual((numpy["ufuncs"], numpy["certain"], numpy["tables_imported_by"]), (False, False, "module"))
        self.assertIn("\n                  not certain: a ufunc whose loop", run_doctor("--no-import", file).out)
        self.assertEqual(report["extensions"][0]["module"], "pkg.never_fails")

    def test_imports_that_fail(self) -> None:
        expected = r"^importing it crashed the interpreter \(SIGABRT\)\. Import it in a debugger: gdb --args \S+ -c "
        self.assertRegex(self.wrong("aborting")["import-crashes"], expected + r"'import aborting'\.$")
        expected = r"^importing it by itself fails: ValueError: no licence found$"
        self.assertRegex(self.wrong("raising")["import-fails"], expected)
        expected = r"^importing it did not end: it took longer than 2 s\. Give a longer --timeout, or fix its code\.$"
        self.assertRegex(self.wrong("hanging", "--timeout=2")["import-hangs"], expected)
        for name in ("aborting", "raising", "hanging"):
            self.assertEqual(self.wrong(name, "--no-import", code=0), {})

    def test_wrong_name(self) -> None:
        expected = r"^Python cannot import renamed from this file: it needs PyInit_renamed, but the file exports PyIn"
        self.assertRegex(self.wrong("renamed")["init-function-missing"], expected)

    def test_stable_abi(self) -> None:
        if not OPTIONS.stable_abi:
            self.skipTest("Not tested: modules with the stable ABI, which need Python 3.11")
        report = report_of("--no-import", OPTIONS.stable_abi, code=0)
        found = by_module(report)
        for name in ("limited", "limited_cxx", "limited_shared"):
            self.assertEqual(found[name]["python"]["abi"], "abi3")
            self.assertEqual(found[name]["python"]["suffix"], ".abi3.so")
            self.assertTrue(found[name]["python"]["can_import"])
            self.assertEqual(tables(found[name]), ("shim", "contents"))
        self.assertEqual(found["free_threaded"]["python"]["suffix"], SUFFIX)
        file = next(OPTIONS.stable_abi.glob("limited.abi3.so"))
        self.assertEqual(report_of(file, code=0)["extensions"][0]["import"]["outcome"], "imported")

    def test_other_numpy(self) -> None:
        if not OPTIONS.old_numpy:
            self.skipTest("Not tested: modules on another NumPy than they were built with: there is no NumPy 1.26")
        found = by_module(report_of(OPTIONS.for_numpy_2, code=1, python=OPTIONS.old_numpy))
        self.assertEqual(found["mypkg.for_numpy_1_23"]["problems"], [])
        self.assertEqual(found["mypkg.for_numpy_1_23"]["numpy"]["oldest"], "1.23")
        (problem,) = found["mypkg.for_numpy_2_0"]["problems"]
        NOTES.add(problem["message"])
        expected = (
            r"^it needs NumPy 2\.0 or newer, but this Python has NumPy 1\.26\.4\. Install a newer NumPy, or build "
        )
        self.assertRegex(problem["message"], expected)
        self.assertEqual(found["mypkg.for_numpy_2_0"]["import"]["outcome"], "failed")

        found = by_module(report_of(OPTIONS.for_numpy_1, code=1))
        for item in found.values():
            self.assertEqual(codes(item), ["numpy-too-new"], item)
            self.assertEqual((item["numpy"]["abi"], item["numpy"]["built_with"]), (1, "1.26.4"))
        message = found["mypkg.doubling"]["problems"][0]["message"]
        NOTES.add(message)
        self.assertRegex(message, r"^it was built with NumPy 1 and cannot use NumPy 2, but this Python has NumPy 2\.")

    def test_windows(self) -> None:
        if not OPTIONS.windows_module:
            self.skipTest("Not tested: a module of Windows, which needs MinGW-w64's compiler")
        (item,) = report_of(OPTIONS.windows_module, code=1)["extensions"]
        self.assertEqual((item["format"], item["machine"]), ("PE", "x86_64"))
        self.assertEqual(item["exports"], ["PyInit_windows_module"])
        self.assertIn("KERNEL32.dll", item["libraries"])
        self.assertEqual(item["python"]["why_not"], "it is for win32, this is linux")
        self.assertEqual(codes(item), ["ufunc-api-not-imported"])
        self.assertEqual(item["import"], {"outcome": "not tried", "detail": "it is for win32, this is linux"})

    def test_macos(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "sample.cpython-312-darwin.so")
            for content, machine in ((mach_o(), "arm64"), (universal(), "x86_64+arm64")):
                file.write_bytes(content)
                (item,) = report_of(file, code=1)["extensions"]
                self.assertEqual((item["format"], item["machine"]), ("Mach-O", machine))
                self.assertEqual(item["exports"], ["PyInit_sample"])
                self.assertEqual(item["libraries"], ["/usr/lib/libSystem.B.dylib"])
                self.assertEqual(item["run_paths"], ["@loader_path/../lib"])
                self.assertEqual(item["python"]["abi"], "cp312")
                self.assertEqual(codes(item), ["ufunc-api-not-imported"])

    @unittest.skipUnless(platform.machine() == "x86_64", "Not tested: a file of another processor")
    def test_other_processor(self) -> None:
        """Its name, without a tag, is one that this Python imports."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "raising.so")
            content = bytearray(next(OPTIONS.build.rglob(f"raising{SUFFIX}")).read_bytes())
            content[18] = 183  # e_machine
            file.write_bytes(content)
            (item,) = report_of(file, code=0)["extensions"]
            self.assertEqual((item["machine"], item["python"]["suffix"]), ("aarch64", ".so"))
            expected = "it is for aarch64, this Python is for x86_64"
            self.assertEqual(item["import"], {"outcome": "not tried", "detail": expected})

    def test_other_python(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "raising.cpython-38-x86_64-linux-gnu.so")
            shutil.copy(next(OPTIONS.build.rglob(f"raising{SUFFIX}")), file)
            (item,) = report_of(file, code=0)["extensions"]
            self.assertEqual(item["python"]["abi"], "cp38")
            expected = f"its name ends in .cpython-38-x86_64-linux-gnu.so, this Python's modules in {SUFFIX}"
            self.assertEqual(item["import"], {"outcome": "not tried", "detail": expected})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
