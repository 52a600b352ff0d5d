# SPDX-License-Identifier: BSD-3-Clause
"""Kills and fails transpile steps in the middle, and checks that no later build takes what they left for good.

The source includes a file that the test makes a named pipe: Cython waits in the middle of its work until it is killed.

Usage: check_interrupted.py <folder> -- cmake <arguments of cmake>
"""

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator, List

HERE = Path(__file__).resolve().parent
SOURCE = """
cimport cython
include "count.pxi"

@cython.ufunc
cdef double counted(double x) noexcept nogil:
    return COUNT * x
"""


class Project:
    """A copy of the project `interrupted`, and its build."""

    def __init__(self, folder: Path, cmake_command: List[str]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(HERE / "interrupted", folder / "source")
        self.source = folder / "source" / "counted.pyx"
        self.included = folder / "source" / "count.pxi"
        self.build_dir = folder / "build"
        self.made = self.build_dir / "cython_ufunc" / "counted"
        self.python = next(argument.split("=")[1] for argument in cmake_command if "Python_EXECUTABLE" in argument)
        self._build = [cmake_command[0], "--build", str(self.build_dir)]
        self.source.write_text(SOURCE)
        subprocess.run(
            [*cmake_command, "-S", str(folder / "source"), "-B", str(self.build_dir)],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def set_count(self, text: str) -> None:
        """Makes the included file `text`, younger than all that was made before."""
        if self.included.exists():
            self.included.unlink()
        self.included.write_text(text)

    def start(self) -> "subprocess.Popen[str]":
        """Starts the build."""
        return subprocess.Popen(
            self._build, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", start_new_session=True
        )

    def build(self, succeeds: bool) -> str:
        """Builds; returns what was printed."""
        process = self.start()
        output = process.communicate()[0]
        assert (process.returncode == 0) == succeeds, output
        return output

    def result(self) -> float:
        """What the module built makes of 1."""
        code = "import counted; print(counted.counted(1.0))"
        environment = {**os.environ, "PYTHONPATH": str(self.build_dir)}
        output = subprocess.run([self.python, "-c", code], env=environment, stdout=subprocess.PIPE, check=True).stdout
        return float(output)

    def kill_in_the_middle(self, all_of_it: bool) -> None:
        """Starts a build and kills the process in it that runs Cython; with `all_of_it`, the build tool as well."""
        self.included.unlink()
        os.mkfifo(self.included)
        process = self.start()
        killed = 0
        while process.poll() is None:
            for pid in wait_for_reader(self.included, process):
                victims = [pid, *(processes_of_session(process.pid) if all_of_it else [])]
                for victim in victims:
                    with contextlib.suppress(ProcessLookupError):  # it went with another one
                        os.kill(victim, signal.SIGKILL)
                killed += 1
        output = process.communicate()[0]
        assert killed, output
        assert process.returncode != 0, output
        self.included.unlink()

    def stamp_time(self) -> int:
        """When the module was transpiled."""
        return (self.made / "counted.stamp").stat().st_mtime_ns

    def assert_not_made(self) -> None:
        """The step left no stamp, which would have it pass for done, and no part of a file under a final name."""
        assert not (self.made / "counted.stamp").exists()
        for name in ("counted.c", "counted_init.cpp"):
            path = self.made / name
            assert not path.exists() or path.read_text().rstrip().endswith(('body_end.h"', "}")), path


def wait_for_reader(pipe: Path, build: "subprocess.Popen[str]") -> Iterator[int]:
    """Waits until a process of the build reads `pipe`, and yields its number; yields none when the build ends first."""
    while build.poll() is None:
        try:
            writer = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            assert error.errno == errno.ENXIO, error  # nobody reads it yet
            time.sleep(0.05)
            continue
        try:
            while build.poll() is None:
                readers = [pid for pid in processes_with(pipe) if pid != os.getpid()]
                if readers:
                    yield from readers
                    return
                time.sleep(0.05)
        finally:
            os.close(writer)
    return


def processes_of_session(session: int) -> List[int]:
    """The processes of a build: ninja gives each command a process group, but not a session."""
    result = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == session:
                result.append(int(entry.name))
        except ProcessLookupError:
            pass
    return result


def processes_with(path: Path) -> Iterator[int]:
    """The processes that have `path` open."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if any(os.path.realpath(link) == str(path) for link in (entry / "fd").iterdir()):
                yield int(entry.name)
        except OSError:  # it has ended, or is another user's
            pass


def main(folder: Path, cmake_command: List[str]) -> None:
    project = Project(folder.resolve(), cmake_command)

    # The first build of all, killed: the next starts again, and leaves no trace of the first.
    for all_of_it in (False, True):
        project.set_count("")
        project.kill_in_the_middle(all_of_it)
        project.assert_not_made()
    assert list(project.made.glob(".*.cython-ufunc-*")), "the steps were not killed in the middle"
    project.set_count("cdef enum:\n    COUNT = 1\n")
    project.build(succeeds=True)
    assert project.result() == 1
    # The record is no scratch: it belongs to the body.
    left = [path for path in project.made.glob(".*") if path.suffix != ".record"]
    assert not left, left
    before = project.stamp_time()
    project.build(succeeds=True)
    assert project.stamp_time() == before, "the build after a good one made it again"

    # A good one, then one that is killed: what the good one made is not taken for up to date, not even when what
    # comes next is older than it.
    for count, all_of_it in ((2, False), (3, True)):
        project.kill_in_the_middle(all_of_it)
        project.assert_not_made()
        project.set_count(f"cdef enum:\n    COUNT = {count}\n")
        os.utime(project.included, (0, 0))
        project.build(succeeds=True)
        assert project.result() == count

    # A good one, then one with an error: each build shows it, once, until it is fixed.
    project.set_count("cdef enum:\n    COUNT = 4 +\n")
    for _ in range(2):
        output = project.build(succeeds=False)
        assert output.count(f"{project.included}:2:15: ") == 1, output
        project.assert_not_made()
    project.set_count("cdef enum:\n    COUNT = 5\n")
    project.build(succeeds=True)
    assert project.result() == 5
    print("three killed, one failed: each build after them made what it should")


if __name__ == "__main__":
    separator = sys.argv.index("--")
    main(Path(sys.argv[1]), sys.argv[separator + 1 :])
