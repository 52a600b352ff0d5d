# SPDX-License-Identifier: BSD-3-Clause
"""Mistakes of all kinds on the transpiler's command line: each is one clear error, and nothing is left behind."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import unittest
from pathlib import Path
from typing import Dict

from support import PROGRAM, ROOT, notes_of

NOTES = notes_of(__file__)
FAKES = ROOT / "test-projects" / "errors" / "fakes"


def fakes(*names: str) -> Dict[str, str]:
    """An environment in which packages say of themselves what a test needs."""
    return {"PYTHONPATH": os.pathsep.join(str(FAKES / name) for name in names)}


class CommandLine(unittest.TestCase):
    """Runs the program in a folder of its own for each test."""

    def setUp(self) -> None:
        self.dir = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.dir)

    def run_program(self, *arguments: str, environment: Dict[str, str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, str(PROGRAM), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=self.dir,
            env={**os.environ, **environment},
        )

    def assert_fails(self, expected: str, *arguments: str, environment: Dict[str, str] = {}) -> str:
        """The program ends with an error of one line, which `expected` matches. Returns what it wrote to stderr."""
        result = self.run_program(*arguments, environment=environment)
        self.assertEqual(result.returncode, 1, result.stderr)
        errors = [line for line in result.stderr.split("\n") if line.startswith("cython-ufunc: error: ")]
        self.assertEqual(len(errors), 1, result.stderr)
        self.assertRegex(errors[0], "^cython-ufunc: error: " + expected)
        if "crashed" not in expected:
            self.assertNotIn("Traceback", result.stderr)
        NOTES.add(errors[0])
        return result.stderr

    def transpile(self, text: str, *arguments: str) -> "tuple[str, ...]":
        """The command that transpiles the source `text` to out/, with a stamp."""
        (self.dir / "bad.pyx").write_text(text, encoding="utf-8")
        return ("transpile", "bad.pyx", "--body=out/bad.c", "--shim=out/bad_init.cpp", "--stamp=out/stamp", *arguments)

    def test_command(self) -> None:
        self.assert_fails(
            r"no command; expected one of audit, cache, check, import-test, lint-headers, probe, probe-target, shared-utility, stub, template, transpile\.$"
        )
        self.assert_fails(r"unknown command 'transpiel'; expected one of .*\. Did you mean 'transpile'\?$", "transpiel")

    def test_unknown_option(self) -> None:
        arguments = self.transpile("", "--modul-name=x")
        see = r"See 'cython-ufunc transpile --help'\.$"
        self.assert_fails(r"unknown argument '--modul-name=x'\. Did you mean '--module-name'\? " + see, *arguments)
        self.assert_fails(r"unknown argument 'other\.pyx'\. " + see, *self.transpile("", "other.pyx"))

    def test_abbreviated_option(self) -> None:
        self.assert_fails(r"unknown argument '--direct=a=b'\. Did you mean ", *self.transpile("", "--direct=a=b"))

    def test_missing_option(self) -> None:
        self.assert_fails(r"the following arguments are required: --body\. See 'cython-ufunc ", "transpile", "bad.pyx")
        self.assert_fails(r"argument --body: expected one argument\. See ", "transpile", "bad.pyx", "--body")

    def test_wrong_value(self) -> None:
        expected = r"argument --language: invalid choice: 'C\+\+'(?:, maybe you meant 'c\+\+'\?)? \(choose from '?c'?, '?c\+\+'?\)\. See "
        self.assert_fails(expected, *self.transpile("", "--language=C++"))

    def test_arguments_file(self) -> None:
        self.assert_fails(
            r"the file of arguments cannot be read: .*'gone'\. Configure the build again\.$", "check", "@gone"
        )

    def test_output_cache(self) -> None:
        def cache(folder: str, size: str = "") -> Dict[str, str]:
            return {"CYTHON_UFUNC_CACHE": folder, "CYTHON_UFUNC_CACHE_SIZE": size}

        for command in (self.transpile(""), ("cache", "--stats")):
            expected = (
                r"CYTHON_UFUNC_CACHE 'a/b' is not an absolute path, and each step of a build runs elsewhere\. Give "
            )
            self.assert_fails(expected, *command, environment=cache("a/b"))
            for size in ("much", "0", "-1GB", "1PB", "nan", "inf", "1 2"):
                expected = (
                    rf"CYTHON_UFUNC_CACHE_SIZE '{size}' is not a size such as 500MB or 2GiB\. Correct it, or unset "
                )
                self.assert_fails(expected, *command, environment=cache(str(self.dir), size))
        for size in ("1", "1000K", "500MB", "2 GiB", "1.5gib"):
            result = self.run_program("cache", "--stats", environment=cache(str(self.dir / "new"), size))
            self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_fails("there is no output cache: CYTHON_UFUNC_CACHE is not set", "cache", "--stats")
        self.assert_fails("one of the arguments --stats --clear is required", "cache", environment=cache(str(self.dir)))
        file = self.dir / "file"
        file.write_text("")
        expected = rf"the output cache {file} cannot be used: it is not a folder$"
        self.assert_fails(expected, "cache", "--clear", environment=cache(str(file)))
        self.assertTrue(file.exists())

    def test_stub(self) -> None:
        expected = re.escape(str(self.dir / "gone.pyx")) + r": the source cannot be read: there is no such file\.$"
        self.assert_fails(expected, "stub", "gone.pyx", "--output=out/gone.pyi")
        self.assertFalse((self.dir / "out").exists())

    def test_template(self) -> None:
        template = self.dir / "bad.pyx.in"
        command = ("template", "bad.pyx.in", "--output=out/bad.pyx")
        place = re.escape(str(template))
        self.assert_fails(place + r": the template cannot be read: .*No such file", *command)
        template.write_text("x = 1\ny = {{ missing }}\n", encoding="utf-8")
        self.assert_fails(place + r":2:7: the template cannot be expanded: NameError: name 'missing' is not", *command)
        self.assert_fails(r"DEFINE '8' is not of the form <name>=<value>, such as WIDTH=8", *command, "--define=8")
        self.assertFalse((self.dir / "out").exists())

    def test_source_missing(self) -> None:
        expected = re.escape(str(self.dir / "gone.pyx")) + r": the source cannot be read: No such file or directory\.$"
        self.assert_fails(expected, "transpile", "gone.pyx", "--body=out/gone.c")

    def test_name_of_the_source(self) -> None:
        name = os.fsdecode(b"caf\xe9.pyx")
        try:
            (self.dir / name).write_text("")
        except OSError:
            self.skipTest("this file system takes no such names")
        expected = r"\S*/caf\\udce9\.pyx: its name is not UTF-8, as Cython writes it into its output\. Rename it\.$"
        self.assert_fails(expected, "transpile", name, "--module-name=cafe", "--body=out/cafe.c")

    def test_translation_ended_by_a_signal(self) -> None:
        """Cython's parser overflows the stack, or the system ends the process; the step says which source it was."""
        arguments = self.transpile("x = " + "(" * 100_000 + "1" + ")" * 100_000)
        expected = r"\S*/bad\.pyx: the translation was ended by SIGSEGV: Cython crashed on it, as it does on code that "
        self.assert_fails(expected, *arguments)
        for signal_name, expected in {
            "SIGKILL": r"the translation was killed \(SIGKILL\)\. The system does so when memory runs out: build with ",
            "SIGABRT": r"the translation was ended by SIGABRT: Cython crashed on it",
        }.items():
            arguments = self.transpile("x = 1\n")
            (self.dir / "sitecustomize.py").write_text(
                "import os, signal\n"
                "from Cython.Compiler import Parsing\n"
                f"Parsing.p_module = lambda *arguments, **more: os.kill(os.getpid(), signal.{signal_name})\n"
            )
            self.assert_fails(rf"\S*/bad\.pyx: {expected}", *arguments, environment={"PYTHONPATH": str(self.dir)})

    def test_memory(self) -> None:
        (self.dir / "sitecustomize.py").write_text(
            "from Cython.Compiler import Main\n"
            "def compile(*arguments, **keywords):\n    raise MemoryError\n"
            "Main.compile = compile\n"
        )
        expected = r"\S*/bad\.pyx: memory ran out while Cython translated it\. Build with fewer jobs\.$"
        self.assert_fails(expected, *self.transpile("x = 1\n"), environment={"PYTHONPATH": str(self.dir)})

    def test_module_name(self) -> None:
        bad = re.escape(str(self.dir / "bad.pyx"))
        expected = rf"{bad}: 'pkg\.2d' is not a module name: '2d' is not a Python identifier\. Give a dotted name of "
        self.assert_fails(expected, *self.transpile("", "--module-name=pkg.2d"))
        expected = rf"{bad}: 'pkg\.import' is not a module name: 'import' is a keyword of Python\. Choose another\.$"
        self.assert_fails(expected, *self.transpile("", "--module-name=pkg.import"))
        expected = rf"{bad}: '__init__' names no package\. Give its name too, such as 'mypkg\.__init__'\.$"
        self.assert_fails(expected, *self.transpile("", "--module-name=__init__"))

    def test_output_cannot_be_written(self) -> None:
        (self.dir / "out").write_text("a file where a folder should be")
        self.assert_fails(r"\S*/bad\.pyx: .*Not a directory: .*/out/stamp'$", *self.transpile(""))

    def test_declarations_not_read(self) -> None:
        (self.dir / "bad.pxd").write_text("cdef class A:\n    pass\n")
        arguments = self.transpile("cdef class A:\n    pass\n")
        result = self.run_program(*arguments, "--module-name=pkg.bad", environment={})
        self.assertEqual(result.returncode, 0, result.stderr)
        pxd = re.escape(str(self.dir / "bad.pxd"))
        expected = rf"^cython-ufunc: warning: {pxd} is beside its source, but Cython did not read it: it expects "
        self.assertRegex(result.stderr, expected + "the declarations of pkg\\.bad in a folder of that name's packages")
        result = self.run_program(*arguments, "--module-name=bad", environment={})
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_language_changed(self) -> None:
        arguments = self.transpile("# distutils: language = c++\n", "--language-was-read")
        expected = (
            r"it says '# distutils: language = c\+\+', but the build was configured to compile it as C\. Configure "
        )
        self.assert_fails(r"\S*/bad\.pyx: " + expected, *arguments)

    def test_no_numpy(self) -> None:
        (self.dir / "bad.pyx").write_text("cimport numpy\n")
        expected = r"\S*/bad\.pyx: bad was said to have no NumPy in it \(NO_NUMPY\), but it includes NumPy's headers"
        self.assert_fails(expected, "transpile", "bad.pyx", "--body=out/bad.c", "--stamp=out/stamp")
        self.assertEqual(os.listdir(self.dir / "out"), [])

    def test_directives(self) -> None:
        for command in (("check",), self.transpile("")):
            where = "" if command == ("check",) else r"\S*/bad\.pyx: "
            expected = (
                where + r"DIRECTIVES 'wraparuond=False': Cython \S+ has no directive 'wraparuond'\. Did you mean "
            )
            self.assert_fails(expected, *command, "--directive=wraparuond=False")

    def test_directives_of_any_text(self) -> None:
        """Cython takes these as they are, and crashes on them later."""
        for assignment, problem in {
            "c_string_encoding=utf-80": r"c_string_encoding directive must name an encoding that Python knows\. Correct ",
            "callspec=a\nb": r"it has a line break\. Correct it, or leave it out\.$",
        }.items():
            given = re.escape(assignment).replace("\\\n", r"\\n")
            expected = rf"\S*/bad\.pyx: DIRECTIVES '{given}' is not valid: {problem}"
            self.assert_fails(expected, *self.transpile("", f"--directive={assignment}"))
        expected = r"\S*/bad\.pyx: CYTHON_ARGS '-Da\\nb' has a line break\. Leave it out\.$"
        self.assert_fails(expected, *self.transpile("", "--cython-arg=-Da\nb"))

    def test_cython_args(self) -> None:
        result = self.run_program(*self.transpile("", "--cython-arg=--fast"), environment={})
        self.assertEqual(result.returncode, 0, "an abbreviation that Cython takes")
        expected = (
            r"\S*/bad\.pyx: CYTHON_ARGS '--fats-fail': Cython \S+ says: unknown option --fats-fail\. Did you mean "
        )
        self.assert_fails(expected, *self.transpile("", "--cython-arg=--fats-fail"))

    def test_compile_error(self) -> None:
        """Cython's message comes as Cython prints it, once, with the whole path; nothing is left."""
        arguments = self.transpile("cdef int twice(int x):\n    return 2 * y\n")
        result = self.run_program(*arguments, environment={})
        self.assertEqual(result.returncode, 1)
        place = f"{self.dir / 'bad.pyx'}:2:15: undeclared name not builtin: y"
        self.assertEqual(result.stderr.count(place), 1, result.stderr)
        self.assertIn("    return 2 * y\n               ^\n", result.stderr)
        self.assertNotIn("cython-ufunc: error", result.stderr)
        self.assertNotIn("Traceback", result.stderr)
        self.assertEqual(os.listdir(self.dir / "out"), [])

    def test_compile_error_after_success(self) -> None:
        """An old stamp does not outlive a failure; without a stamp, neither does the body, which is the rule's output."""
        for stamp in (["--stamp=out/stamp"], []):
            output = self.dir / "out" / ("stamp" if stamp else "bad.c")
            arguments = ["transpile", "bad.pyx", "--body=out/bad.c", "--shim=out/bad_init.cpp", *stamp]
            (self.dir / "bad.pyx").write_text("x = 1\n")
            self.assertEqual(self.run_program(*arguments, environment={}).returncode, 0)
            self.assertTrue(output.exists())
            (self.dir / "bad.pyx").write_text("x = \n")
            self.assertEqual(self.run_program(*arguments, environment={}).returncode, 1)
            self.assertFalse(output.exists())

    def test_cplusplus_in_c(self) -> None:
        """Cython does not tell what to do, and for some of this nothing but the C compiler fails."""
        expected = r"\S*/bad\.pyx: it uses C\+\+, and was translated to C\. Give LANGUAGE CXX "
        for text in (
            "from libcpp.vector cimport vector\ncdef vector[int] numbers\n",
            "from libcpp.algorithm cimport sort\n",
            "cdef extern from 'a.h':\n    cppclass A:\n        A() except +\ncdef A *a = new A()\n",
        ):
            with self.subTest(text):
                self.assert_fails(expected, *self.transpile(text))
                self.assertEqual(os.listdir(self.dir / "out"), [])
        cplusplus = self.transpile(text, "--language=c++")
        self.assertEqual(self.run_program(*cplusplus, environment={}).returncode, 0)
        (self.dir / "libcpp").mkdir()
        (self.dir / "libcpp" / "mine.pxd").write_text("cdef extern from *:\n    ctypedef int number\n")
        own = self.transpile("from libcpp.mine cimport number\ncdef number n = 1\n")
        self.assertEqual(self.run_program(*own, environment={}).returncode, 0)
        result = self.run_program(*self.transpile("from libcpp cimport bool\nx = y.z +\n"), environment={})
        self.assertEqual(result.returncode, 1)
        self.assertNotIn("cython-ufunc: error", result.stderr)

    def test_runtime_not_linked(self) -> None:
        """The compiler says what a target lacks that was not made by our functions."""
        self.assertEqual(self.run_program(*self.transpile("x = 1\n"), environment={}).returncode, 0)
        for source in ("bad.c", "bad_init.cpp"):
            command = [os.environ.get("CC", "cc"), "-fsyntax-only", str(self.dir / "out" / source)]
            result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
            self.assertNotEqual(result.returncode, 0)
            expected = (
                r"error: .*the target is not linked to cython-ufunc's runtime\. Link it to CythonUfunc::runtime; "
            )
            self.assertRegex(result.stdout, expected)
            NOTES.add(result.stdout)

    def test_headers_of_another_numpy(self) -> None:
        """The compiler says that it takes the headers of NumPy 1 in a build for NumPy 2."""
        self.assertEqual(self.run_program(*self.transpile("x = 1\n"), environment={}).returncode, 0)
        header = self.dir / "numpy" / "numpyconfig.h"
        header.parent.mkdir()
        header.write_text("#define NPY_ABI_VERSION 0x01000009\n#define NPY_API_VERSION 0x00000010\n")
        folders = [
            ROOT / "runtime" / "numpy_headers",
            self.dir,
            ROOT / "runtime" / "include",
            Path(sysconfig.get_path("include")),
        ]
        command = [os.environ.get("CC", "cc"), "-fsyntax-only", str(self.dir / "out" / "bad.c")]
        command += [f"-I{folder}" for folder in folders]
        for major, fails in (("1", False), ("2", True)):
            command.append(f"-DCYTHON_UFUNC_NUMPY_MAJOR={major}")
            result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
            self.assertEqual(bool(result.returncode), fails, result.stdout)
            command.pop()
        self.assertRegex(result.stdout, r"error: .*another NumPy's headers come before those of the NumPy ")
        NOTES.add(result.stdout)

    def test_edit_in_the_middle(self) -> None:
        """An edit that Cython has not seen is not covered by a newer output."""
        (self.dir / "sitecustomize.py").write_text(
            "from Cython.Compiler import Parsing\n"
            "original = Parsing.p_module\n"
            "def p_module(*args, **kwargs):\n"
            "    with open('bad.pyx', 'w') as stream:\n"
            "        stream.write('x = 22')\n"
            "    return original(*args, **kwargs)\n"
            "Parsing.p_module = p_module\n"
        )
        expected = r"(\S*/bad\.pyx): \1 changed while it was being translated\. Build again\.$"
        self.assert_fails(expected, *self.transpile("x = 1\n"), environment={"PYTHONPATH": str(self.dir)})
        self.assertEqual(os.listdir(self.dir / "out"), [])

    def test_cython_crash(self) -> None:
        """Where Cython crashes instead of finding an error, its traceback comes first, then the source's name."""
        plugin = self.dir / "sitecustomize.py"
        plugin.write_text(
            "from Cython.Compiler import Parsing\n"
            "original = Parsing.p_module\n"
            "def p_module(scanner, pxd, name, *args, **kwargs):\n"
            "    if name == 'bad':\n"  # not the sources of Cython's own code
            "        raise RecursionError('too deep')\n"
            "    return original(scanner, pxd, name, *args, **kwargs)\n"
            "Parsing.p_module = p_module\n"
        )
        expected = (
            r"\S*/bad\.pyx: Cython \S+ crashed on it with RecursionError: too deep\. The above says where; change "
        )
        stderr = self.assert_fails(expected, *self.transpile("x = 1\n"), environment={"PYTHONPATH": str(self.dir)})
        self.assertEqual(stderr.count("Traceback"), 1, stderr)
        self.assertEqual(os.listdir(self.dir / "out"), [])

    def test_cython_recursion(self) -> None:
        """What Cython itself reports as a crash has the place in the source, and leaves nothing either."""
        result = self.run_program(*self.transpile("x = " + " + ".join(["y"] * 3000) + "\n"), environment={})
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, rf"{re.escape(str(self.dir))}/bad\.pyx:1:\d+: Compiler crash in ")
        self.assertEqual(os.listdir(self.dir / "out"), [])

    def test_meson_target(self) -> None:
        suffix = sysconfig.get_config_var("EXT_SUFFIX")
        (self.dir / "bad.pyx").write_text("")
        expected = (
            rf"\S*/bad\.pyx: the target builds good{re.escape(suffix)}, but the module is bad, whose file is bad\."
        )
        self.assert_fails(expected, "transpile", "bad.pyx", f"--body=good{suffix}.p/bad.c")

    def test_import_test(self) -> None:
        self.assert_fails(r"--module expects NAME=FILE, found: good\.$", "import-test", "--module=good")
        self.assert_fails(r"the following arguments are required: --module\. See ", "import-test")

    def test_probe(self) -> None:
        new = fakes("cython-3.1")
        cases = [
            (r"NumPy 1\.18\.5 at \S+ is too old; 1\.19 or newer is needed\. Install one with", [], fakes("numpy-1.18")),
            (r"\S+ cannot import NumPy \(cannot import name .*\)\. Install one with: ", [], fakes("numpy-broken")),
            (r"stable ABI 'abi3' is not a version of the form", ["--stable-abi=abi3"], {}),
            (r"the stable ABI 3\.11 needs Cython 3\.1 or newer; found Cython 3\.0\.12\. Change that, or do without ",
             ["--stable-abi=3.11"], fakes("cython-3.0")),
            (r"the stable ABI 3\.10 needs the ABI of Python 3\.11 or newer", ["--stable-abi=3.10"], new),
            (r"the stable ABI 3\.99 needs Python 3\.99 or newer to build with; found", ["--stable-abi=3.99"], new),
            (r"NumPy target version '1' is not a version of the form ", ["--numpy-target-version=1"], {}),
            (r"NumPy target version 1\.19 needs the headers of NumPy 1\.25 or newer; found NumPy 1\.19\.5",
             ["--numpy-target-version=1.19"], fakes("numpy-1.19")),
        ]  # fmt: skip
        if sys.version_info >= (3, 11):
            cases.append(
                (r"the stable ABI 3\.11 needs NumPy 2\.0 or newer to build with; found NumPy 1\.19\.5",
                 ["--stable-abi=3.11"], fakes("cython-3.1", "numpy-1.19"))
            )  # fmt: skip
        for expected, arguments, environment in cases:
            with self.subTest(expected):
                self.assert_fails(expected, "probe", "--numpy", *arguments, environment=environment)

    def test_probe_target(self) -> None:
        expected = r"the NumPy headers in \S+ are not in a NumPy package that has a version\. Give the folder "
        include = str(FAKES / "numpy-1.19" / "numpy" / "include")
        self.assert_fails(expected, "probe-target", "--system=Linux", "--numpy-include", include)
        self.assert_fails(expected, "probe", "--numpy", "--numpy-include", include)
        self.assert_fails(r"the following arguments are required: --system\. See ", "probe-target")
        expected = r"the NumPy headers in \S+ are for another machine: their long has 8 bytes, that of windows has 4\. "
        self.assert_fails(expected, "probe", "--numpy", "--target-system=windows")
        expected = (
            r"\S+ cannot import NumPy \(.*\)\. In a cross build, set the property numpy-include-dir to the headers "
        )
        self.assert_fails(expected, "probe", "--numpy", "--target-system=linux", environment=fakes("numpy-broken"))
        expected = r"the stable ABI 3\.12 needs Python 3\.12 or newer to build with; found Python 3\.11"
        arguments = ("probe", "--numpy", "--target-system=linux", "--target-python=3.11", "--stable-abi=3.12")
        self.assert_fails(expected, *arguments, environment=fakes("cython-3.1"))

    def test_probe_target_version(self) -> None:
        import numpy

        arguments = ("probe", "--numpy", "--numpy-target-version=9.9")
        if tuple(map(int, numpy.__version__.split(".")[:2])) >= (1, 25):
            self.assert_fails(r"NumPy \S+ has no target version 9\.9\. Give one of: .*1\.25", *arguments)

    def test_free_threaded(self) -> None:
        arguments = self.transpile("", "--free-threaded")
        expected = (
            r"\S+: --free-threaded needs Cython 3\.1 or newer; found Cython 3\.0\.12\. Install a newer one, or leave "
        )
        self.assert_fails(expected, *arguments, environment=fakes("cython-3.0"))
        expected = (
            r"--free-threaded needs NumPy 2\.1 or newer on this Python; found NumPy 1\.19\.5\. Install a newer one"
        )
        environment = fakes("free-threaded", "cython-3.1", "numpy-1.19")
        self.assert_fails(expected, "probe", "--numpy", "--free-threaded", environment=environment)
