# SPDX-License-Identifier: BSD-3-Clause
"""What holds for all names, arguments and messages, with examples that hypothesis finds.

The environment variable CYTHON_UFUNC_TEST_EXAMPLES is the number of examples of each (default: 50).
"""

import ast
import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import List, Tuple

from cython_ufunc import files, names, step
from cython_ufunc.errors import UserError
from cython_ufunc.worker import protocol
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support import ROOT

SCRATCH = Path(tempfile.mkdtemp())
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
EXAMPLES = int(os.environ.get("CYTHON_UFUNC_TEST_EXAMPLES", "50"))

# The same examples in each run.
settings.register_profile(
    "same",
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("same")

# All that a name can have on Linux, bytes that are no UTF-8 among it.
file_names = st.binary(min_size=1, max_size=200).filter(
    lambda name: b"/" not in name and b"\0" not in name and name not in (b".", b"..")
)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\n"), max_size=20)
module_names = st.text(max_size=30) | st.from_regex(r"\A[^\W\d]\w{0,8}(\.[^\W\d]\w{0,8}){0,3}\Z")
# What Ninja reads in depfiles, the old versions too; a backslash only CMake's check of names keeps out.
readable = st.text(st.sampled_from("aZ0 $#%(),.:=@{}[]!~+-_é漢"), min_size=1, max_size=12)


class Names(unittest.TestCase):
    """names.py"""

    @given(module_names)
    @example("mypkg.fastmath")
    @example("a..b")
    @example("")
    def test_a_name_is_taken_when_python_takes_it(self, name: str) -> None:
        code = f"import {name}"
        try:
            names.check_module_name(name)
        except UserError as error:
            self.assertIn(name, str(error))
            # Spaces, comments and the like make other sense of it.
            if not re.search(r"[^\w.]", name):
                self.assertRaises(SyntaxError, compile, code, "name", "exec")
        else:
            compile(code, "name", "exec")
            self.assertNotRegex(name, r"[\s;#$\"'/\\]")

    @given(st.lists(module_names, min_size=2, max_size=20, unique=True))
    @example(["a.b", "a_b", "a__b", "a_ob", "aob"])
    def test_each_name_has_a_symbol_of_its_own(self, many: List[str]) -> None:
        symbols = [names.c_symbol("init", name) for name in many]
        self.assertEqual(len(set(symbols)), len(many))
        for symbol in symbols:
            self.assertRegex(symbol, r"\A[A-Za-z_][A-Za-z0-9_]*\Z")

    def test_no_name_makes_a_symbol_of_the_runtime(self) -> None:
        sources = [path for path in sorted((ROOT / "runtime").rglob("*")) if path.suffix in (".h", ".hpp", ".cpp")]
        declared = {name for path in sources for name in re.findall(r"\bcython_ufunc\w+", path.read_text("utf-8"))}
        self.assertIn("cython_ufunc_init_module", declared)
        beginnings = tuple(names.c_symbol(kind, "") for kind in ("body", "init", "shim"))
        self.assertEqual([name for name in declared if name.startswith(beginnings)], [])

    @given(st.from_regex(r"\A[^\W\d]\w{0,8}(\.[^\W\d]\w{0,8}){0,3}\Z"))
    @example("mypkg.modé")
    def test_generated_text_is_ascii(self, name: str) -> None:
        self.assertTrue((names.c_string(name) + names.in_comment(name)).isascii())
        bytes_of = ast.literal_eval("b'" + names.c_string(name) + "'")  # with C's escapes
        self.assertEqual(bytes_of.decode("utf-8"), name)

    @given(st.from_regex(r"\A[^\W\d]\w{0,20}\Z"))
    @example("modé")
    def test_the_init_function_is_that_of_pep_489(self, name: str) -> None:
        function = names.pyinit_name(f"pkg.{name}")
        try:
            self.assertEqual(function.encode("ascii"), b"PyInit_" + name.encode("ascii"))
        except UnicodeEncodeError:
            expected = b"PyInitU_" + name.encode("punycode").replace(b"-", b"_")
            self.assertEqual(function.encode("ascii"), expected)


OPTIONS = step.COMMANDS[step.TRANSPILE].options.values()


class Arguments(unittest.TestCase):
    """The command line of a step, and files of arguments."""

    options = st.one_of(
        st.tuples(st.sampled_from([option.name for option in OPTIONS if option.kind != step.FLAG]), texts).map(
            "=".join
        ),
        st.tuples(st.sampled_from([option.name for option in OPTIONS if option.kind == step.VALUE]), texts).map(list),
        st.sampled_from([option.name for option in OPTIONS if option.kind == step.FLAG]),
        texts,
        st.sampled_from(
            ["--language=c++", "--limited-api=yes", "--body=b.c", "m.pyx", "-x", "--", "--body", "--no-such"]
        ),
    )

    @given(st.lists(options, max_size=6))
    @example(["m.pyx", "--body=b.c"])
    @example(["m.pyx", "--body", "b.c", "--directive=a=b", "--free-threaded"])
    def test_argparse_reads_the_usual_forms_likewise(self, chosen: list) -> None:
        arguments = [word for part in chosen for word in (part if isinstance(part, list) else [part])]
        found = step._read_usual(step.TRANSPILE, arguments)
        if found is None:
            return
        self.assertEqual(vars(found), vars(step._read_by_argparse(step.TRANSPILE, arguments)))

    @given(st.lists(texts, max_size=10))
    def test_a_file_of_arguments_says_what_was_written_to_it(self, arguments: List[str]) -> None:
        path = SCRATCH / "arguments"
        path.write_bytes("\n".join(arguments).encode())
        expected = [argument for text in arguments for argument in text.split("\n") if argument]
        found = step.read_arguments_files([f"@{path}"])
        self.assertEqual([part for one in found for part in re.split("\r", one)],
                         [part for one in expected for part in re.split("\r", one)])  # fmt: skip


class Depfiles(unittest.TestCase):
    """Ninja reads from a depfile what was written."""

    def test_ninja_reads_the_names(self) -> None:
        found: List[str] = []

        @given(st.lists(readable, min_size=20, max_size=60, unique=True))
        @settings(max_examples=max(1, EXAMPLES // 25))
        def collect(some: List[str]) -> None:
            found.extend(some)

        collect()
        folder = SCRATCH / "depfiles"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        # A name that ends in a colon, Ninja takes for the target.
        paths = sorted({f"/x/{name}y" for name in found})
        (folder / "made.d").write_bytes(files.depfile_content("target", paths))
        rule = "rule copy\n  command = cp made.d target.d && touch target\n  depfile = target.d\n  deps = gcc\n"
        (folder / "build.ninja").write_text(rule + "build target: copy\n")
        subprocess.run(["ninja", "-C", str(folder)], check=True, stdout=subprocess.DEVNULL)
        told = subprocess.run(["ninja", "-C", str(folder), "-t", "deps"], check=True, stdout=subprocess.PIPE).stdout
        self.assertEqual(sorted(re.findall(r"^    (.*)$", told.decode(), re.MULTILINE)), paths)

    @given(file_names)
    def test_a_line_break_is_refused(self, name: bytes) -> None:
        path = os.fsdecode(name)
        if b"\n" in name:
            self.assertRaises(OSError, files.depfile_content, "target", [path])
        else:
            self.assertEqual(files.depfile_content("target", [path]).count(b"\n"), 2)


class TemporaryFiles(unittest.TestCase):
    """What a killed step leaves, and a running one needs."""

    @given(file_names)
    def test_what_a_dead_process_left_goes_and_nothing_else(self, name: bytes) -> None:
        folder = SCRATCH / "temporary"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        own = Path(files.temporary_beside(folder / os.fsdecode(name)))
        self.assertEqual(own.parent, folder)
        mark, _, rest = own.name.rpartition(f"-{os.getpid()}-")
        dead = folder / f"{mark}-{DEAD}-{rest}"
        foreign = folder / f".x{files._MARK}other-{DEAD}-1"
        old = folder / f".y{files._MARK}other-1-1"
        users = folder / ".cython-ufunc.toml"
        for path in (own, dead, foreign, old, users):
            path.write_text("")
        os.utime(old, (0, 0))
        files.remove_left_behind(folder)
        self.assertEqual(sorted(os.listdir(folder)), sorted([own.name, foreign.name, users.name]))

    @given(file_names, st.binary(max_size=100))
    def test_a_file_is_written_whole(self, name: bytes, content: bytes) -> None:
        folder = SCRATCH / "written"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        path = folder / os.fsdecode(name)
        files.write_atomically(path, content)
        self.assertEqual(os.listdir(os.fsencode(folder)), [name])
        self.assertEqual(files.read(path), content)


class Messages(unittest.TestCase):
    """Requests to the worker."""

    requests = st.tuples(
        st.lists(texts, max_size=5), texts, st.integers(0, 511), st.tuples(st.integers(0, 9**9), texts),
        st.dictionaries(texts, texts, max_size=5),
    )  # fmt: skip

    @given(requests)
    def test_a_request_arrives_as_it_was_sent(self, parts: Tuple) -> None:
        request = protocol.Request(*parts)
        self.assertEqual(vars(protocol.Request.decode(request.encode())), vars(request))

    @given(st.binary(max_size=200) | requests.map(lambda parts: protocol.Request(*parts).encode()[:-1]))
    @example(b"\0\0\0\0-1")
    def test_garbage_is_no_more_than_a_wrong_value(self, content: bytes) -> None:
        try:
            request = protocol.Request.decode(content)
        except ValueError:
            return
        self.assertIsInstance(request.arguments, list)


# The number of a process that has ended, and was waited for.
_process = subprocess.Popen([sys.executable, "-c", ""])
_process.wait()
DEAD = _process.pid
