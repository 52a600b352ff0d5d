# SPDX-License-Identifier: BSD-3-Clause
"""What the output cache promises of single steps: the same as from Cython, or no hit."""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Sequence

import pytest
from support import ROOT

PROJECT = ROOT / "test-projects" / "output-cache"
# The steps of that project, as its build systems run them.
STEPS = {
    "filters": [
        "transpile",
        "{here}/src/mypkg/signal/filters.pyx",
        "--module-name=mypkg.signal.filters",
        "--body={here}/out/filters.c",
        "--shim={here}/out/filters_init.cpp",
        "--depfile={here}/out/filters.d",
        "--stamp={here}/out/filters.stamp",
    ],
    "solver": [
        "transpile",
        "src/mypkg/solver.pyx",
        "--language=c++",
        "--body=out/solver.cpp",
        "--shim=out/solver_init.cpp",
        "--header=out/solver.h",
        "--header=out/solver_api.h",
        "--depfile=out/solver.d",
        "--include-directory=shared",
        "--annotate",
    ],
    "small": ["transpile", "src/small.pyx", "--body=out/small.c", "--depfile=out/small.d", "--stamp=out/small.stamp"],
    "utility": [
        "shared-utility",
        "--module-name=mypkg._cyutility",
        "--limited-api=no",
        "--body=out/_cyutility.c",
        "--depfile=out/utility.d",
    ],
}
SMALL = "# cython: language_level=3\nfrom mypkg.base cimport scaled\ndef double_of(double x):\n    return scaled(x)\n"


class Made(NamedTuple):
    """What one step did."""

    status: int
    files: Dict[str, bytes]
    printed: str


class Place:
    """A copy of the project's sources, and of cython-ufunc."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("src", "shared"):
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "src" / "small.pyx").write_text(SMALL)
        for name in ("transpiler", "templates"):
            shutil.copytree(ROOT / name, folder / "tools" / name, ignore=shutil.ignore_patterns("__pycache__"))
        self.program = folder / "tools" / "transpiler" / "cython_ufunc_main.py"
        self.out = folder / "out"
        self.cpu = 0.0

    def start(
        self, arguments: Sequence[str], cache: str, python: str = sys.executable, **environment: str
    ) -> "subprocess.Popen[str]":
        """Starts a step with the cache in the folder `cache`; "" for none."""
        return subprocess.Popen(
            [python, str(self.program), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.folder,
            env={**os.environ, "CYTHON_UFUNC_CACHE": cache, **environment},
        )

    def run(self, step: str, *more: str, cache: str = "", worker: bool = True, **other: str) -> Made:
        """Does a step anew."""
        shutil.rmtree(self.out, ignore_errors=True)
        warm = ["--worker-directory=worker"] if worker else []
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        arguments = [argument.format(here=self.folder) for argument in STEPS[step]]
        process = self.start([*arguments, *warm, *more], cache, **other)
        printed, _ = process.communicate(timeout=300)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        paths = [path for path in self.out.rglob("*") if path.is_file() and path.suffix != ".record"]
        files = {path.relative_to(self.out).as_posix(): path.read_bytes() for path in paths}
        assert not any(name.startswith(".") for name in files), f"left behind: {files.keys()}"
        return Made(process.returncode, files, printed)

    def edit(self, name: str, old: str, new: str) -> "Edit":
        """An edit of a file, to be used in a `with`, which takes it back at its end."""
        text = (self.folder / name).read_text()
        assert old in text, f"{old!r} is not in {name}"
        return Edit(self.folder / name, text.replace(old, new, 1))

    def add(self, name: str, text: str = "") -> "Edit":
        """A new file, to be used in a `with`, which removes it at its end."""
        return Edit(self.folder / name, text)


class Edit:
    """Another content of a file, for a block."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text

    def __enter__(self) -> None:
        self.before = self.path.read_bytes() if self.path.exists() else None
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.text)

    def __exit__(self, *exception: object) -> None:
        if self.before is None:
            self.path.unlink()
        else:
            self.path.write_bytes(self.before)


class Counts:
    """The cache's own counters."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self.before = self._read()

    def _read(self) -> List[int]:
        files = [self.cache / name for name in ("hits", "misses")]
        return [file.stat().st_size if file.exists() else 0 for file in files]

    def expect(self, what: str, hits: int, misses: int) -> None:
        """Asserts how often the cache was used since the last call."""
        now = self._read()
        found = [new - old for new, old in zip(now, self.before)]
        assert found == [hits, misses], f"{what}: {found[0]} hits and {found[1]} misses, expected {hits} and {misses}"
        self.before = now


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the places and caches, and an environment without settings of ours."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("CYTHON_UFUNC_")]:
            patch.delenv(name)
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def here(scratch: Path) -> Place:
    """The place that most tests use; each takes its edits back."""
    return Place(scratch / "here")


@pytest.fixture(scope="module")
def there(scratch: Path) -> Place:
    """The same sources elsewhere."""
    return Place(scratch / "there, in a folder with a longer name")


def test_same(scratch: Path, here: Place, there: Place, other_python: str) -> None:
    """What a hit makes is what Cython makes, here and in another place."""
    cache = scratch / "cache"
    counts = Counts(cache)
    for step in STEPS:
        plain = here.run(step, worker=False)
        assert plain.status == 0, plain.printed
        counts.expect(step, 0, 0)
        assert here.run(step, cache=str(cache)) == plain
        counts.expect(f"{step}, first", 0, 1)
        assert here.run(step, cache=str(cache)) == plain
        counts.expect(f"{step}, again", 1, 0)
        plain_there = there.run(step, worker=False)
        assert plain_there.printed != plain.printed or not plain.printed
        assert there.run(step, cache=str(cache)) == plain_there
        counts.expect(f"{step}, in another place", 1, 0)
        for name, content in plain.files.items():
            has_paths = name == "filters.d"  # with a backslash before each space
            assert (plain_there.files[name] == content) != has_paths, f"{name} in another place"
            assert str(here.folder).encode() not in content, f"{name} names its place"
    for step in STEPS if other_python else ():
        made = [place.run(step, python=other_python).files for place in (here, there)]
        sources = [{name: text for name, text in files.items() if not name.endswith(".d")} for files in made]
        assert sources[0] == sources[1], f"{step} in two places, with the other Cython"
        for name, text in sources[0].items():
            assert b"site-packages" not in text, f"{name} names the other Cython's place"


def test_key(scratch: Path, here: Place, other_python: str) -> None:
    """Each thing that the result depends on, changed, is a miss; changed back, it is a hit again."""
    cache = str(scratch / "cache")
    counts = Counts(scratch / "cache")

    def expect_miss(what: str, step: str, *more: str, **other: str) -> Made:
        made = here.run(step, *more, cache=cache, **other)
        assert made.status == 0, f"{what}: {made.printed}"
        counts.expect(what, 0, 1)
        plain = here.run(step, *more, **other)
        assert made == plain, f"{what}: not what Cython makes"
        assert here.run(step, *more, cache=cache, **other) == plain
        counts.expect(f"{what}, again", 1, 0)
        return made

    def expect_hit(what: str, step: str) -> None:
        assert here.run(step, cache=cache).status == 0
        counts.expect(what, 1, 0)

    edits: Dict[str, tuple[str, Edit]] = {
        "edited source": ("small", here.edit("src/small.pyx", "scaled(x)", "scaled(x) + 1")),
        "comment in the source": ("small", here.edit("src/small.pyx", "def double", "# a comment\ndef double")),
        "edited .pxd": ("small", here.edit("src/mypkg/base.pxd", "3.0", "4.0")),
        "edited .pxi beside the source": ("filters", here.edit("src/mypkg/signal/window.pxi", "= 2", "= 3")),
        "edited .pxi found elsewhere": ("solver", here.edit("shared/units.pxi", "1000", "100")),
        "new .pxd beside the source": ("small", here.add("src/small.pxd", "cdef int more\n")),
        "new .pxd in front of another": ("small", here.add("src/mypkg.base.pxd", "from mypkg.base2 cimport scaled")),
        "new .pxd for this Cython": (
            "small",
            here.add("src/mypkg/base.cython-30.pxd", "cdef inline double scaled(double x):\n    return x\n"),
        ),
        "new .pxi in front of another": (
            "solver",
            here.add("src/mypkg/units.pxi", "def in_metres(x):\n    return x\n"),
        ),
        "edited template": ("filters", here.edit("tools/templates/init_shim.cpp.in", "Do not edit", "Please read")),
        "edited transpiler": (
            "small",
            here.edit("tools/transpiler/cython_ufunc/outputs/body.py", "What is", "This is"),
        ),
    }
    with here.add("src/mypkg/base2.pxd", "cdef inline double scaled(double x):\n    return 2 * x\n"):
        for what, (step, edit) in edits.items():
            with edit:
                expect_miss(what, step)
            expect_hit(f"{what}, taken back", step)

    arguments = {
        "directive": ("small", "--directive=boundscheck=False"),
        "other directive": ("small", "--directive=boundscheck=True"),
        "Cython's argument": ("small", "--cython-arg=--no-docstrings"),
        "Cython's arguments": ("small", "--cython-args=--no-docstrings;--embed-positions"),
        "module name": ("small", "--module-name=large"),
        "coverage": ("small", "--coverage"),
        "report": ("small", "--annotate"),
        "language": ("small", "--language=c++"),
        "body's name": ("filters", "--body=out/other.c"),
        "shared utility module": ("small", "--shared-utility=mypkg._cyutility"),
        "stable ABI": ("utility", "--limited-api=yes"),
        "shared utility module's name": ("utility", "--module-name=mypkg._utility"),
        "shim": ("small", "--shim=out/small_init.cpp"),
        "header": ("small", "--header=out/small.h"),
        "include directory": ("small", "--include-directory=shared"),
        "target's folder, which Meson checks": ("small", "--body=out/small.so.p/small.c"),
    }
    if other_python:
        arguments["free threading"] = ("small", "--free-threaded")
    for what, (step, argument) in arguments.items():
        expect_miss(what, step, argument)
    for step in STEPS:
        expect_hit("all taken back", step)

    # A file of Cython itself, which has the same version before and after.
    cython = subprocess.check_output(
        [sys.executable, "-c", "import Cython, os; print(os.path.dirname(Cython.__file__))"], text=True
    ).strip()
    path = scratch / "path"
    shutil.copytree(cython, path / "Cython", ignore=shutil.ignore_patterns("__pycache__", "Tests"))
    assert here.run("small", cache=cache, PYTHONPATH=str(path)).status == 0
    counts.expect("one more folder on sys.path", 0, 1)
    with Edit(path / "Cython" / "Utility" / "Exceptions.c", "/* nothing */"):
        here.run("small", cache=cache, PYTHONPATH=str(path))
        counts.expect("edited Cython", 0, 1)
    assert here.run("small", cache=cache, PYTHONPATH=str(path)).status == 0
    counts.expect("edited Cython, taken back", 1, 0)
    if other_python:
        made = expect_miss("other interpreter and Cython", "small", python=other_python)
        assert b"Cython 3.0.9" in made.files["small.c"][:100]
    # What has no part in the result.
    again = here.run("small", "--configured-for=another", "--depfile=out/other.d", cache=cache)
    assert "other.d" in again.files
    counts.expect("other name of the depfile", 1, 0)


def test_failures(scratch: Path, here: Place) -> None:
    """What fails is not cached, and fails again."""
    cache = scratch / "cache"
    counts = Counts(cache)
    files = sorted(cache.rglob("*"))
    with here.edit("src/small.pyx", "scaled(x)", "scaled(y)"):
        first = here.run("small", cache=str(cache))
        assert first.status == 1 and "undeclared name not builtin: y" in first.printed, first.printed
        assert here.run("small", cache=str(cache)) == first
    first = here.run("solver", "--cython-arg=-Werror", cache=str(cache))
    assert first.status == 1 and "Unreachable code" in first.printed, first.printed
    assert here.run("solver", "--cython-arg=-Werror", cache=str(cache)) == first
    counts.expect("failures", 0, 0)
    assert sorted(cache.rglob("*")) == files


def test_edit_in_the_middle(scratch: Path, here: Place) -> None:
    """An edit just when a hit is written is not lost: the step is done, with what is in the source then."""
    cache = scratch / "cache"
    meddler = scratch / "meddler"
    meddler.mkdir()
    (meddler / "sitecustomize.py").write_text(
        "import os, zlib\n"
        "original = zlib.decompress\n"
        "def decompress(content):\n"
        "    if 'EDIT' in os.environ:\n"
        "        with open(os.environ['EDIT'], 'a') as stream:\n"
        "            stream.write('value = 1\\n')\n"
        "    return original(content)\n"
        "zlib.decompress = decompress\n"
    )
    settings = {"cache": str(cache), "PYTHONPATH": str(meddler)}
    first = here.run("small", **settings)
    with here.edit("src/small.pyx", "double_of", "double_of"):
        counts = Counts(cache)
        made = here.run("small", EDIT=str(here.folder / "src" / "small.pyx"), **settings)
        counts.expect("edited in the middle", 0, 1)
        assert made.status == 0 and made.files["small.c"] != first.files["small.c"]
        assert made == here.run("small"), "edited in the middle"


def test_damage(scratch: Path, here: Place) -> None:
    """A damaged file of the cache is noticed, and made anew."""
    cache = scratch / "damaged"
    plain = here.run("small")
    here.run("small", cache=str(cache))

    def flip(content: bytes) -> bytes:
        middle = len(content) // 2
        return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]

    damages: Dict[str, Callable[[bytes], bytes]] = {
        "one bit": flip,
        "cut off": lambda content: content[:-1],
        "empty": lambda content: content[:0],
        "garbage": lambda content: os.urandom(len(content)),
    }
    for folder in ("results", "manifests", "installations"):
        for what, damage in damages.items():
            for path in (cache / folder).iterdir():
                path.write_bytes(damage(path.read_bytes()))
            assert here.run("small", cache=str(cache)) == plain, f"{folder}: {what}"
            counts = Counts(cache)
            assert here.run("small", cache=str(cache)) == plain, f"{folder}: {what}, made anew"
            counts.expect(f"{folder}: {what}, made anew", 1, 0)
        for path in (cache / folder).iterdir():
            path.unlink()
            path.mkdir()
        done = here.run("small", cache=str(cache))
        assert done.files == plain.files, f"{folder}: folders in place of files"
        shutil.rmtree(cache)
        here.run("small", cache=str(cache))


def test_obstacles(scratch: Path, here: Place) -> None:
    """Whatever is wrong with the folder, the step does its work, with one warning at most."""
    plain = here.run("small")
    here.run("small", cache=str(scratch / "good"))

    def expect(what: str, folder: Path, reason: str) -> None:
        for _ in range(2):
            made = here.run("small", cache=str(folder))
            assert (made.status, made.files) == (plain.status, plain.files), f"{what}: {made}"
            warning = f"cython-ufunc: warning: the output cache {folder} cannot be written: {reason}. The build goes on"
            assert made.printed.count("\n") == 1 and made.printed.startswith(warning), f"{what}: {made.printed}"

    file = scratch / "file"
    file.write_text("")
    expect("a file in its place", file, "it is not a folder")
    expect("a file in the place of a folder above", file / "cache", "Not a directory")
    open_to_all = scratch / "open"
    shutil.copytree(scratch / "good", open_to_all)
    open_to_all.chmod(0o777)
    expect("a folder open to others", open_to_all, "other users can write to it")
    inner = scratch / "inner"
    inner.mkdir()
    (inner / "manifests").write_text("")
    expect("a file in the place of a folder in it", inner, "File exists")
    if os.geteuid() != 0:
        read_only = scratch / "read-only"
        read_only.mkdir(mode=0o500)
        expect("a folder that cannot be written", read_only, "Permission denied")
        print("Not tested: a folder of another user, which only root can make")
        return
    foreign = scratch / "foreign"
    shutil.copytree(scratch / "good", foreign)
    os.chown(foreign, 12345, 12345)
    expect("another user's folder", foreign, "it belongs to another user")
    full = scratch / "full"
    full.mkdir(mode=0o700)
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k,mode=700", "none", str(full)])
    if mount.returncode != 0:
        print("Not tested: a full disk, for this system lets nobody mount one")
        return
    try:
        expect("a full disk", full, "No space left on device")
        subprocess.run(["mount", "-o", "remount,ro", str(full)], check=True)
        expect("a read-only disk", full, "Read-only file system")
    finally:
        subprocess.run(["umount", str(full)], check=True)
    # Reading is all that a hit needs.
    subprocess.run(["mount", "--bind", str(scratch / "good"), str(full)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(full)], check=True)
        started = here.run("small", cache=str(full), worker=False)
        assert started == plain and here.cpu < 0.3, f"no hit in a read-only cache: {started.printed}, {here.cpu} s"
    finally:
        subprocess.run(["umount", str(full)], check=True)


def size_of(cache: Path) -> int:
    """What the files in the cache take, without the counters."""
    return sum(path.stat().st_size for path in cache.glob("*/*"))


def test_eviction(scratch: Path, here: Place) -> None:
    """The least recently used goes first, and the size stays within the limit."""
    cache = scratch / "evicted"
    here.run("small", "--module-name=a", cache=str(cache))
    limit = size_of(cache) * 5 // 2  # room for two
    settings = {"cache": str(cache), "CYTHON_UFUNC_CACHE_SIZE": str(limit)}
    here.run("small", "--module-name=b", **settings)
    counts = Counts(cache)
    time.sleep(0.05)
    here.run("small", "--module-name=a", **settings)
    counts.expect("used once more", 1, 0)
    time.sleep(0.05)
    here.run("small", "--module-name=c", **settings)
    counts.expect("one too many", 0, 1)
    assert size_of(cache) <= limit, f"{size_of(cache)} bytes, with a limit of {limit}"
    for name, hits in (("a", 1), ("c", 1), ("b", 0)):
        here.run("small", f"--module-name={name}", **settings)
        counts.expect(f"{name} after that", hits, 1 - hits)
    here.run("small", cache=str(cache), CYTHON_UFUNC_CACHE_SIZE="1K")
    assert size_of(cache) <= 1000, "what is larger than the limit was kept"


def test_at_once(scratch: Path, here: Place) -> None:
    """Many steps at once, with room for few of them; some are killed."""
    cache = scratch / "at once"
    (here.folder / "expected").mkdir()
    names = [f"m{i}" for i in range(6)]
    bodies = {name: here.run("small", f"--module-name={name}").files["small.c"] for name in names}
    here.run("small", cache=str(cache))
    limit = str(size_of(cache) * 3)
    for turn in range(3):
        processes = []
        for index, name in enumerate([*names, *names]):
            out = f"out{index}"
            shutil.rmtree(here.folder / out, ignore_errors=True)
            arguments = [
                "transpile",
                "src/small.pyx",
                f"--module-name={name}",
                f"--body={out}/small.c",
                "--worker-directory=worker",
            ]
            process = here.start(arguments, str(cache), CYTHON_UFUNC_CACHE_SIZE=limit)
            processes.append((index, name, process))
        if turn == 0:
            time.sleep(0.3)
            for _, _, process in processes[::3]:
                process.send_signal(signal.SIGKILL)
        for index, name, process in processes:
            printed, _ = process.communicate(timeout=300)
            if process.returncode == -signal.SIGKILL:
                continue
            assert (process.returncode, printed) == (0, ""), f"{name}: {printed}"
            assert (here.folder / f"out{index}" / "small.c").read_bytes() == bodies[name], name
    assert size_of(cache) <= int(limit)
    # What killed steps left goes with the next one, on other machines after an hour.
    foreign = cache / "results" / ".left.cython-ufunc-12-1-1"
    young = cache / "results" / ".young.cython-ufunc-12-1-1"
    for path in (foreign, young):
        path.write_text("")
    os.utime(foreign, (0, 0))
    here.run("small", "--module-name=last", cache=str(cache))
    left = [path for path in cache.rglob(".*") if path.is_file()]
    assert left == [young], f"left behind: {left}"
    young.unlink()


def test_program(scratch: Path, here: Place) -> None:
    """A hit imports little; --clear clears."""
    cache = scratch / "cache"
    command = [sys.executable, "-X", "importtime", str(here.program), *STEPS["small"]]
    environment = {**os.environ, "CYTHON_UFUNC_CACHE": str(cache)}
    told = subprocess.run(
        command, cwd=here.folder, env=environment, stderr=subprocess.PIPE, text=True, check=True
    ).stderr
    imported = set(re.findall(r"\| +(\S+)$", told, re.MULTILINE))
    dear = {"Cython", "argparse", "hashlib", "json", "pathlib", "re", "socket", "subprocess", "tempfile", "typing"}
    started = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", ""], stderr=subprocess.PIPE, text=True, check=True
    ).stderr
    dear -= set(re.findall(r"\| +(\S+)$", started, re.MULTILINE))  # a virtual environment may import some by itself
    assert "cython_ufunc.reuse.cached" in imported and not imported & dear, f"a hit imports {imported & dear}"

    program = [sys.executable, str(here.program), "cache"]
    subprocess.run([*program, "--clear"], env=environment, check=True)
    left = [path for path in cache.rglob("*") if path.is_file()]
    assert not left, f"--clear left {left}"
    stats = subprocess.check_output([*program, "--stats"], env=environment, text=True)
    assert re.findall(r"^(\w+) +(.+)$", stats, re.MULTILINE) == [
        ("folder", str(cache)),
        *((name, "0") for name in ("hits", "misses", "results", "bytes")),
        ("limit", str(1 << 30)),
    ], stats
