# SPDX-License-Identifier: BSD-3-Clause
"""Runs the command line of people: what `init`, `vendor` and `wrap` write, what they refuse, and that nothing is lost."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path
from typing import Dict

from support import ROOT, notes_of

PACKAGE = ROOT / "transpiler" / "cython_ufunc"
VERSION = (PACKAGE / "VERSION").read_text().strip()
NOTES = notes_of(__file__)


class Commands(unittest.TestCase):
    """Runs commands in a folder of its own for each test."""

    def setUp(self) -> None:
        self.dir = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.dir)
        self.root = ROOT
        self.variables = {"XDG_CACHE_HOME": str(self.dir / "cache")}

    def run_command(self, *arguments: str, cwd: str = ".") -> "subprocess.CompletedProcess[str]":
        path = str(self.root / "transpiler")
        return subprocess.run(
            [sys.executable, "-m", "cython_ufunc", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=self.dir / cwd,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": path, **self.variables},
        )

    def succeed(self, *arguments: str, cwd: str = ".") -> str:
        result = self.run_command(*arguments, cwd=cwd)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def fail_with(self, expected: str, *arguments: str, cwd: str = ".") -> None:
        """The command ends with an error of one line, which `expected` matches, and changes nothing."""
        before = self.state()
        result = self.run_command(*arguments, cwd=cwd)
        self.assertEqual((result.returncode, result.stdout), (1, ""), result.stderr)
        self.assertRegex(result.stderr, rf"\Acython-ufunc: error: {expected}\n\Z")
        self.assertEqual(self.state(), before)
        NOTES.add(result.stderr)

    def state(self) -> Dict[str, bytes]:
        """The content of each file in the test's folder."""
        return {
            path.relative_to(self.dir).as_posix(): path.read_bytes()
            for path in self.dir.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    def other_version(self, version: str = "9.8.7") -> None:
        """Has the commands that follow come from a tree with another version, another file, and one file less."""
        if self.root != ROOT:
            shutil.rmtree(self.root)
        self.root = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        for name in ("cmake", "meson", "runtime", "templates", "transpiler"):
            shutil.copytree(ROOT / name, self.root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("CMakeLists.txt", "LICENSE", "README.md", "meson.build", "meson.options"):
            shutil.copy2(ROOT / name, self.root / name)
        (self.root / "transpiler" / "cython_ufunc" / "VERSION").write_text(f"{version}\n")
        (self.root / "meson" / "new" / "folder").mkdir(parents=True)
        (self.root / "meson" / "new" / "folder" / "file").write_text("new")
        shutil.rmtree(self.root / "meson" / "shared_utility")


class MainCommandLine(Commands):
    """`cython-ufunc` without a command of its own."""

    def test_version(self) -> None:
        self.assertEqual(self.succeed("--version"), f"{VERSION}\n")

    def test_help(self) -> None:
        self.assertEqual(self.succeed(), self.succeed("--help"))
        for command in ("init", "vendor", "wrap", "doctor"):
            self.assertRegex(self.succeed("--help"), rf"\n  {command} +\w")
        for command in ("init", "vendor", "wrap"):
            self.assertIn(f"usage: cython-ufunc {command}", self.succeed(command, "--help"))

    def test_manual(self) -> None:
        """The manual's page names each command and each of their options."""
        page = (ROOT / "docs" / "command-line.rst").read_text(encoding="utf-8")
        commands = re.findall(r"^  (\w+) {2,}", self.succeed("--help").partition("commands:")[2], re.MULTILINE)
        self.assertGreater(len(commands), 3)
        for command in commands:
            self.assertRegex(page, rf"cython-ufunc {command}\b")
        for command in ([], ["init"], ["vendor"], ["wrap"]):
            for option in set(re.findall(r"--[a-z-]+", self.succeed(*command, "--help"))):
                self.assertIn(f"``{option}``\n", page)

    def test_commands_of_builds(self) -> None:
        result = self.run_command("transpile", "gone.pyx")
        self.assertEqual(result.returncode, 1)
        self.assertIn("required: --body. See 'cython-ufunc transpile --help'.", result.stderr)

    def test_unknown_command(self) -> None:
        see = r"See 'cython-ufunc --help'\."
        expected = "expected one of init, vendor, wrap, audit, doctor\\."
        self.fail_with(rf"unknown command 'vender'; {expected} Did you mean 'vendor'\? {see}", "vender")
        self.fail_with(rf"unknown command 'transpil'; {expected} Did you mean 'transpile'\? {see}", "transpil")
        self.fail_with(rf"unknown command 'x'; {expected} {see}", "x")

    def test_unknown_option(self) -> None:
        see = r"See 'cython-ufunc --help'\."
        self.fail_with(rf"unknown argument '--cmakedir'\. Did you mean '--cmake-dir'\? {see}", "--cmakedir")
        self.fail_with(
            rf"argument --cmake-dir: not allowed with argument --version\. {see}", "--version", "--cmake-dir"
        )
        self.fail_with(
            r"unknown argument '--cmak'\. Did you mean '--cmake'\? See 'cython-ufunc init --help'\.",
            "init",
            "a",
            "--cmak",
        )

    def test_cmake_dir_of_a_source_tree(self) -> None:
        self.fail_with(
            rf"{re.escape(str(ROOT))}/cmake has no CythonUfuncConfig\.cmake for find_package\(\), as this is a source "
            r"tree\. Install it \('pip install .*'\), or use add_subdirectory\(\".*\"\)\.",
            "--cmake-dir",
        )


class Init(Commands):
    """`cython-ufunc init`. What the packages are good for is seen by check_init.py."""

    def test_both_build_systems(self) -> None:
        self.succeed("init", "by-default")
        self.succeed("init", "--cmake", "by-cmake")
        self.succeed("init", "--meson", "by-meson")
        files = set(self.state())
        self.assertIn("by-default/CMakeLists.txt", files)
        self.assertIn("by-cmake/CMakeLists.txt", files)
        self.assertNotIn("by-meson/CMakeLists.txt", files)
        self.assertIn("by-meson/meson.build", files)
        self.assertIn("by-meson/src/by_meson/__init__.py", files)

    def test_in_an_empty_repository(self) -> None:
        subprocess.run(["git", "init", "--quiet", str(self.dir / "sample")], check=True)
        self.succeed("init", "sample")
        ignored = ["build/x", "src/sample/__pycache__/x.pyc"]
        check = ["git", "-C", str(self.dir / "sample"), "check-ignore", *ignored]
        self.assertEqual(subprocess.run(check, stdout=subprocess.PIPE, text=True).stdout.split(), ignored)

    def test_nothing_is_overwritten(self) -> None:
        (self.dir / "sample").mkdir()
        (self.dir / "sample" / "notes.txt").write_text("mine")
        (self.dir / "file").write_text("mine")
        nothing = r"Nothing was changed\. Choose another name, or run the command elsewhere\."
        self.fail_with(rf"sample has files in it\. {nothing}", "init", "sample")
        self.fail_with(rf"file is a file\. {nothing}", "init", "file")

    def test_names(self) -> None:
        for name in ("a/b", "-x-", "", "ä", "a b", "_a", "a-", "../a", "."):
            expected = rf"'{re.escape(name)}' cannot name a package: its name has letters and digits of ASCII, .*"
            self.fail_with(expected, "init", "--", name)
        self.fail_with("'3d' is not a module name: '3d' is not a Python identifier. .*", "init", "3d")
        self.fail_with("'class' is not a module name: 'class' is a keyword of Python. .*", "init", "class")
        for name in ("json", "string", "sys"):
            expected = (
                rf"'{name}' cannot name a package: 'import {name}' means a module of Python's own\. Choose another\."
            )
            self.fail_with(expected, "init", name)
        for name in ("numpy", "Cython", "cython-ufunc", "scikit_build.core"):
            expected = (
                rf"'{re.escape(name)}' cannot name a package: 'import \w+' means a package that it is built or .*"
            )
            self.fail_with(expected, "init", name)

    def test_arguments(self) -> None:
        see = r"See 'cython-ufunc init --help'\."
        self.fail_with(rf"the following arguments are required: name\. {see}", "init")
        self.fail_with(
            rf"argument --meson: not allowed with argument --cmake\. {see}", "init", "--cmake", "--meson", "a"
        )
        self.fail_with(rf"unknown argument 'b'\. {see}", "init", "a", "b")

    def test_folder_that_cannot_be_written(self) -> None:
        (self.dir / "sample").symlink_to("gone")
        self.fail_with(
            r"the folder sample cannot be written: .*'sample'\. Correct that, or run the command elsewhere\.",
            "init",
            "sample",
        )


class Vendor(Commands):
    """`cython-ufunc vendor`."""

    def setUp(self) -> None:
        super().setUp()
        self.copy = self.dir / "third party" / "cython-ufunc"
        self.assertIn(f"third party/cython-ufunc has cython-ufunc {VERSION} now\n", self.vendor())

    def vendor(self) -> str:
        return self.succeed("vendor", "third party/cython-ufunc")

    def refuse(self, expected: str) -> None:
        self.fail_with(expected, "vendor", "third party/cython-ufunc")

    def refuse_edits(self, edits: str) -> None:
        self.refuse(
            rf"third party/cython-ufunc is not as 'cython-ufunc vendor' left it: {edits}\. Nothing was changed\. "
            r"Undo those edits, or give another folder\."
        )

    def test_manifest(self) -> None:
        """It says which version, and the hash of each file."""
        text = (self.copy / "vendored.sha256").read_text()
        self.assertTrue(text.startswith(f"# cython-ufunc {VERSION}, "), text)
        lines = [line.split("  ", 1) for line in text.splitlines() if not line.startswith("#")]
        listed = {name: digest for digest, name in lines}
        prefix = "third party/cython-ufunc/"
        found = {name[len(prefix) :]: hashlib.sha256(content).hexdigest() for name, content in self.state().items()}
        del found["vendored.sha256"]
        self.assertEqual(listed, found)
        for name in ("CMakeLists.txt", "meson.build", "transpiler/cython_ufunc_main.py", "LICENSE"):
            self.assertEqual((self.copy / name).read_bytes(), (ROOT / name).read_bytes())
        for name in ("templates/package", "transpiler/cython_ufunc/commands"):
            self.assertFalse((self.copy / name).exists(), name)

    def test_again(self) -> None:
        before = self.state()
        self.assertIn(f"has cython-ufunc {VERSION} already\n", self.vendor())
        self.assertEqual(self.state(), before)

    def test_update(self) -> None:
        """Another version replaces the copy; a file of the user's own, and what Python left, stay."""
        (self.copy / "notes.txt").write_text("mine")
        (self.copy / "transpiler" / "__pycache__").mkdir()
        self.other_version()
        self.assertIn(f"has cython-ufunc 9.8.7 now, instead of {VERSION}\n", self.vendor())
        self.assertEqual((self.copy / "transpiler/cython_ufunc/VERSION").read_text(), "9.8.7\n")
        self.assertEqual((self.copy / "meson/new/folder/file").read_text(), "new")
        self.assertFalse((self.copy / "meson/shared_utility").exists())
        self.assertEqual((self.copy / "notes.txt").read_text(), "mine")
        self.root = ROOT
        self.assertIn(f"has cython-ufunc {VERSION} now, instead of 9.8.7\n", self.vendor())
        self.assertFalse((self.copy / "meson/new").exists())

    def test_edited(self) -> None:
        (self.copy / "meson.build").write_text("# mine")
        (self.copy / "cmake" / "CythonUfunc.cmake").unlink()
        edits = r"cmake/CythonUfunc\.cmake \(removed\), meson\.build \(edited\)"
        self.refuse_edits(edits)
        self.other_version()
        self.refuse_edits(edits)

    def test_many_edits(self) -> None:
        for path in (self.copy / "cmake" / "private").iterdir():
            path.write_text("# mine")
        count = len(list((self.copy / "cmake" / "private").iterdir()))
        self.refuse_edits(rf"(cmake/private/\w+\.cmake \(edited\), ){{4}}cmake/\S+ \(edited\) and {count - 5} more")

    def test_edit_of_a_file_that_goes(self) -> None:
        (self.copy / "meson" / "shared_utility" / "meson.build").write_text("# mine")
        self.other_version()
        self.refuse_edits(r"meson/shared_utility/meson\.build \(edited\)")

    def test_own_file_where_a_new_one_goes(self) -> None:
        (self.copy / "meson" / "new" / "folder").mkdir(parents=True)
        (self.copy / "meson" / "new" / "folder" / "file").write_text("mine")
        self.other_version()
        self.refuse_edits(r"meson/new/folder/file \(added\)")

    def test_interrupted_update(self) -> None:
        """What an interrupted run wrote already is no edit."""
        self.other_version()
        for name in ("transpiler/cython_ufunc/VERSION", "meson/new/folder/file"):
            (self.copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.root / name, self.copy / name)
        self.assertIn("has cython-ufunc 9.8.7 now", self.vendor())

    def test_manifest_of_others(self) -> None:
        manifest = self.copy / "vendored.sha256"
        text = manifest.read_text()
        outside = self.dir / "outside"
        outside.write_text("mine")
        line = f"{hashlib.sha256(b'mine').hexdigest()}  ../../outside\n"
        for content in ("", "something else", text + line, text + "0 meson.build\n"):
            manifest.write_text(content)
            self.refuse(
                r"third party/cython-ufunc/vendored\.sha256 is not as 'cython-ufunc vendor' writes it, so that nobody "
                r"knows what was edited in third party/cython-ufunc\. Restore that file, or remove the folder, and .*"
            )

    def test_other_folder(self) -> None:
        (self.dir / "project").mkdir()
        (self.dir / "project" / "meson.build").write_text("# mine")
        self.fail_with(
            r"project has files in it, and no vendored\.sha256: it is no copy that 'cython-ufunc vendor' made\. Nothing was "
            r"changed\. Give a folder that is empty or not there yet\.",
            "vendor",
            "project",
        )
        self.fail_with(
            r"project/meson\.build is a file\. Give a folder that is empty or not there yet\.",
            "vendor",
            "project/meson.build",
        )

    def test_folder_that_cannot_be_written(self) -> None:
        (self.dir / "file").write_text("mine")
        self.fail_with(
            r"file/copy cannot be written: .*\. Correct that, and run the command again\.", "vendor", "file/copy"
        )


class Wrap(Commands):
    """`cython-ufunc wrap`. That Meson takes what it writes is seen by check_meson.py."""

    def setUp(self) -> None:
        super().setUp()
        (self.dir / "meson.build").write_text("project('sample')\n")
        self.wrap_file = self.dir / "subprojects" / "cython-ufunc.wrap"
        self.archives = self.dir / "subprojects" / "packagefiles"

    def test_wrap(self) -> None:
        """The archive has what `vendor` copies, and is the same each time."""
        self.succeed("wrap")
        before = self.state()
        self.succeed("wrap", str(self.dir), cwd="subprojects")
        self.assertEqual(self.state(), before)
        archive = self.archives / f"cython-ufunc-{VERSION}.tar.gz"
        self.assertIn(f"source_hash = {hashlib.sha256(archive.read_bytes()).hexdigest()}\n", self.wrap_file.read_text())
        self.succeed("vendor", "copy")
        with tarfile.open(archive) as contents:
            archived = {member.name.split("/", 1)[1] for member in contents}
        copied = {
            path.relative_to(self.dir / "copy").as_posix() for path in (self.dir / "copy").rglob("*") if path.is_file()
        }
        self.assertEqual(archived, copied - {".gitattributes", "vendored.sha256"})

    def test_update(self) -> None:
        self.succeed("wrap")
        self.other_version()
        self.succeed("wrap")
        self.assertIn("directory = cython-ufunc-9.8.7\n", self.wrap_file.read_text())
        self.assertEqual([path.name for path in self.archives.iterdir()], ["cython-ufunc-9.8.7.tar.gz"])

    def test_edited(self) -> None:
        self.succeed("wrap")
        text = self.wrap_file.read_text()
        for content in (text + "diff_files = mine.diff\n", "[wrap-git]\nurl = https://example.invalid\n"):
            self.wrap_file.write_text(content)
            self.fail_with(
                r"subprojects/cython-ufunc\.wrap was not written by 'cython-ufunc wrap', or was edited since\. Nothing was "
                r"changed\. Remove it, and run the command again\.",
                "wrap",
            )

    def test_other_archive(self) -> None:
        self.succeed("wrap")
        archive = self.archives / f"cython-ufunc-{VERSION}.tar.gz"
        archive.write_bytes(b"mine")
        self.fail_with(
            rf"subprojects/packagefiles/{archive.name} is not the archive that subprojects/cython-ufunc\.wrap names\. "
            r"Nothing was changed\. Restore or remove it\.",
            "wrap",
        )
        self.wrap_file.unlink()
        self.fail_with(
            rf"subprojects/packagefiles/{archive.name} is there already, and is another file\. Nothing was changed\. "
            r"Remove it\.",
            "wrap",
        )
        archive.unlink()
        self.succeed("wrap")

    def test_vendored_already(self) -> None:
        self.succeed("vendor", "subprojects/cython-ufunc")
        self.fail_with(
            r"subprojects/cython-ufunc is there already, and Meson would not know which to take\. Nothing was changed\. "
            r"Update it by 'cython-ufunc vendor subprojects/cython-ufunc', or remove it\.",
            "wrap",
        )

    def test_vendor_beside_a_wrap(self) -> None:
        self.succeed("wrap")
        self.fail_with(
            r"subprojects/cython-ufunc\.wrap is there, and Meson would take what it names instead of the copy\. Nothing was "
            r"changed\. Update it by 'cython-ufunc wrap', or remove it\.",
            "vendor",
            "subprojects/cython-ufunc",
        )

    def test_no_meson_project(self) -> None:
        (self.dir / "empty").mkdir()
        expected = r"empty has no meson\.build\. Run 'cython-ufunc wrap' in the folder of a Meson project, or name it\."
        self.fail_with(expected, "wrap", "empty")

    def test_folder_that_cannot_be_written(self) -> None:
        (self.dir / "subprojects").write_text("mine")
        self.fail_with(r"subprojects cannot be written: .*\. Correct that, and run the command again\.", "wrap")

    def test_wrap_of_this_machine(self) -> None:
        text = self.succeed("--meson-wrap")
        match = re.search(r"^source_url = file://(.+)$", text, re.MULTILINE)
        assert match is not None, text
        archive = Path(match[1])
        self.assertEqual(archive.parts[: len(self.dir.parts) + 1], (self.dir / "cache").parts)
        self.assertIn(f"\nsource_hash = {hashlib.sha256(archive.read_bytes()).hexdigest()}\n", text)
        self.assertEqual(self.succeed("--meson-wrap"), text)

    def test_cache_folder_that_cannot_be_written(self) -> None:
        (self.dir / "file").write_text("mine")
        self.variables["XDG_CACHE_HOME"] = str(self.dir / "file")
        self.fail_with(
            rf"the wrap's archive {self.dir}/file/cython-ufunc/wraps/\S+\.tar\.gz cannot be written: .*\. Set XDG_CACHE_HOME "
            r"to a folder that can, or run 'cython-ufunc wrap' in the project\.",
            "--meson-wrap",
        )
