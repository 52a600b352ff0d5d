# SPDX-License-Identifier: BSD-3-Clause
"""File systems and environments that hinder a build.

Where a build can succeed, its results are those of an undisturbed one, byte for byte. Where it cannot, it says why and
leaves no half file, and when the cause is gone the next build completes, with those results.
"""

import ctypes
import functools
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Callable, Dict

from common.environment import can_install, install_debian_packages

from fault_injection.builds import NINJA, SYSTEMS, Build
from fault_injection.lab import Lab, expect
from fault_injection.processes import expect_none_left

_CLONE_NEWNS = 0x20000
_NOBODY = 65534
_FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
# Systems, as a sitecustomize module that makes this one like them.
_NO_LOCKS = """
import errno, fcntl, os
def refuse(*arguments):
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
fcntl.flock = fcntl.lockf = refuse
"""


class Reference:
    """A configured build, and the results of building it undisturbed."""

    def __init__(self, build: Build) -> None:
        self.build = build
        build.configure()
        build.keep_configured()
        build.make()
        expect_none_left(build.mark)
        build.expect_works()
        self.results = build.results()
        self.sources = build.sources()

    def expect_same(self) -> None:
        """Raises unless the build directory has these results again, and nothing runs."""
        self.build.expect_same(self.results, self.sources)
        expect_none_left(self.build.mark)

    def expect_completes(self, **environment: str) -> None:
        """Builds from the start with these variables; raises unless that has these results."""
        self.build.restore()
        self.build.make(**environment)
        self.expect_same()

    def expect_fails_then_completes(self, hinder: Callable[[], object], undo: Callable[[], object], says: str) -> None:
        """Builds after `hinder`, then after `undo`: raises unless the failure says why, and the rest completes."""
        self.build.restore()
        hinder()
        try:
            run = self.build.run(*self.build.command())
        finally:
            undo()
        expect(run.returncode == 0 or says in run.stdout, f"the build failed without saying '{says}':\n{run.stdout}")
        self.build.make()
        self.expect_same()


def run(lab: Lab) -> None:
    """Hinders builds with each build system, by all means below; in a quick run with Ninja alone, by some."""
    mounts = _private_mounts()
    systems = [NINJA] if lab.quick else SYSTEMS
    for system in systems:
        reference = Reference(Build(lab, system, lab.scratch / system))
        _try_environments(lab, reference)
        _try_time_stamps(lab, reference)
        _try_two_builds(lab, reference)
        if not lab.quick:
            _try_other_user(lab, reference)
            _try_moved(lab, reference)
            _try_shared_cache(lab, reference)
        if mounts:
            _try_read_only(lab, reference)
            _try_full(lab, system)
        else:
            for name in ("read-only source tree", "read-only output", "full disk", "no inode left"):
                lab.not_tried(name, "mounting file systems needs root")


def _private_mounts() -> bool:
    """Has this process, and those it starts, see mounts that no other process sees. Returns False without the right."""
    library = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() != 0 or library.unshare(_CLONE_NEWNS) != 0:
        return False
    return subprocess.run(["mount", "--make-rprivate", "/"]).returncode == 0


def _try_environments(lab: Lab, reference: Reference) -> None:
    build = reference.build
    patches = build.folder / "patches"
    patches.mkdir()
    (patches / "sitecustomize.py").write_text(_NO_LOCKS)
    nowhere = str(build.folder / "nowhere")
    environments: Dict[str, Dict[str, str]] = {
        "file system without flock": {"PYTHONPATH": str(patches)},
        "TMPDIR missing": {"TMPDIR": nowhere},
        "HOME missing": {"HOME": nowhere},
    }
    for name, environment in environments.items():
        with lab.fault(name, f"({build.system})"):
            reference.expect_completes(**environment)
            expect(not Path(nowhere).exists(), f"{nowhere} was made")
    for umask in (0o077, 0o000):
        with lab.fault(f"umask {umask:03o}", f"({build.system})"):
            before = os.umask(umask)
            try:
                reference.expect_completes()
            finally:
                os.umask(before)
            for folder in build.build.rglob("cython_ufunc_worker"):
                expect(folder.stat().st_mode & 0o077 == 0, f"others can use {folder}")


def _try_time_stamps(lab: Lab, reference: Reference) -> None:
    build = reference.build
    now = time.time()
    for name, moment in {"identical time stamps": now, "time stamps in the future": now + 86400.0}.items():
        with lab.fault(name, f"({build.system})"):
            build.restore()
            originals = {
                path: path.stat() for path in build.source.rglob("*") if path.suffix in (".pyx", ".pxi", ".cpp")
            }
            try:
                for path in originals:
                    os.utime(path, (moment, moment))
                build.make()
                reference.expect_same()
                build.make()
                reference.expect_same()
            finally:
                for path, status in originals.items():
                    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    with lab.fault("edit that leaves size and time stamp", f"({build.system})"):
        _edit_secretly(reference)
    if not Path(_FAKETIME).exists() and not lab.quick and can_install():
        install_debian_packages(["libfaketime"])
    if not Path(_FAKETIME).exists():
        lab.not_tried("clock that goes backwards", "there is no libfaketime (Debian's package: libfaketime)")
        return
    with lab.fault("clock that goes backwards", f"({build.system})"):
        build.restore()
        process = subprocess.Popen(
            build.command(), env=build.environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(1)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        # Python alone lives in the past: the time stamps of files are the system's.
        build.make(LD_PRELOAD=_FAKETIME, FAKETIME="-30d", NO_FAKE_STAT="1", FAKETIME_ONLY_CMDS="python,python3")
        reference.expect_same()


def _edit_secretly(reference: Reference) -> None:
    """Changes an included file and gives it its old time stamp. When the step runs, it is not taken for the old one."""
    build = reference.build
    included, source = build.source / "mypkg" / "factor.pxi", build.source / "mypkg" / "scaled.pyx"
    text, status = included.read_text(), included.stat()
    reference.expect_completes()
    try:
        included.write_text(text.replace("3", "4"))
        os.utime(included, ns=(status.st_atime_ns, status.st_mtime_ns))
        time.sleep(0.02)
        source.touch()
        build.make()
        bodies = [path.read_text() for path in build.build.rglob("scaled.c")]
        expect(bodies and reference.results != build.results(), "the edit did not reach the body")
    finally:
        included.write_text(text)
    build.make()
    reference.expect_same()


def _try_two_builds(lab: Lab, reference: Reference) -> None:
    build = reference.build
    with lab.fault("two builds of one tree at once", f"({build.system})"):
        build.restore()
        processes = [
            subprocess.Popen(
                build.command(), env=build.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            for _ in range(2)
        ]
        outputs = [process.communicate(timeout=600)[0] for process in processes]
        # Compilers may trip over each other's files; the transpiler does not.
        expect(not any("cython-ufunc: error" in output for output in outputs), "\n".join(outputs))
        build.make()
        reference.expect_same()


def _try_other_user(lab: Lab, reference: Reference) -> None:
    build = reference.build
    name = "another user than root"
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        lab.not_tried(name, "becoming another user needs root and setpriv")
        return
    with lab.fault(name, f"({build.system})"):
        build.restore()
        subprocess.run(["chown", "--recursive", f"{_NOBODY}:{_NOBODY}", str(build.build)], check=True)
        # It reads whatever root does, such as an interpreter in root's home, and writes what is its own.
        rights = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
        user = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", *rights]
        run = build.run(*user, *build.command(), environment={"HOME": "/nonexistent"})
        expect(run.returncode == 0, f"the build failed:\n{run.stdout}")
        reference.expect_same()
        # Root goes on with what nobody made.
        build.make()
        reference.expect_same()


def _try_moved(lab: Lab, reference: Reference) -> None:
    build = reference.build
    there = build.folder / "moved"
    source = build.source / "mypkg" / "scaled.pyx"
    with lab.fault("build directory that was moved", f"({build.system})"):
        reference.expect_completes()
        build.build.rename(there)
        try:
            source.touch()
            command = [str(there) if word == str(build.build) else word for word in build.command()]
            run = build.run(*command)
            # Ninja makes the folders of outputs that CMake names absolutely.
            files = [path for path in build.build.rglob("*") if not path.is_dir()]
            expect(not files, f"the old build directory came back: {files}\n{run.stdout}")
            # CMake's rules name files absolutely; Meson's name some, such as generated programs, absolutely.
            expect(run.returncode != 0 or "scaled.c" in run.stdout, f"the build passes for done:\n{run.stdout}")
        finally:
            shutil.rmtree(build.build, ignore_errors=True)
            there.rename(build.build)
        build.make()
        reference.expect_same()


def _try_shared_cache(lab: Lab, reference: Reference) -> None:
    build = reference.build
    cache = build.folder / "cache"
    with lab.fault("two trees share an output cache, one is killed", f"({build.system})"):
        other = Build(lab, build.system, build.folder / "other")
        other.configure()
        build.restore()
        for turn in range(3):
            processes = [
                subprocess.Popen(
                    tree.command(),
                    env={**tree.environment, "CYTHON_UFUNC_CACHE": str(cache)},
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    start_new_session=True,
                )
                for tree in (other, build)
            ]
            if turn == 0:
                time.sleep(lab.random.uniform(0.2, 1.5))
                os.killpg(processes[0].pid, signal.SIGKILL)
            outputs = [process.communicate(timeout=600)[0] for process in processes]
            if turn == 0:
                other.remove_half_made()
            expect(processes[1].returncode == 0, outputs[1])
            expect(turn == 0 or processes[0].returncode == 0, outputs[0])
        reference.expect_same()
        other.expect_works()
        half = [path for path in cache.rglob(".*") if path.is_file()]
        expect(len(half) <= 1, f"left behind: {half}")


def _bind_read_only(folder: Path) -> None:
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)


def _unmount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _try_read_only(lab: Lab, reference: Reference) -> None:
    build = reference.build
    with lab.fault("read-only source tree", f"({build.system})"):
        _bind_read_only(build.source)
        try:
            reference.expect_completes()
        finally:
            _unmount(build.source)
    # All of the build directory stops the build tool itself; a folder of ours stops us.
    folder = next(path.parent for path in build.build.rglob("scaled.c"))
    for name, place in {"read-only output": folder, "read-only build directory": build.build}.items():
        with lab.fault(name, f"({build.system})"):
            hinder = functools.partial(_make_and_bind, place)
            reference.expect_fails_then_completes(hinder, functools.partial(_unmount, place), "Read-only file system")


def _make_and_bind(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _bind_read_only(folder)


def _try_full(lab: Lab, system: str) -> None:
    """Lets a build run out of space and of inodes, after amounts chosen at random."""
    disk = lab.scratch / "disk"
    disk.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256m,nr_inodes=20000", "none", str(disk)], check=True)
    try:
        reference = Reference(Build(lab, system, disk / "project"))
        made = sum(path.stat().st_size for path in reference.build.build.rglob("*") if path.is_file())
        count = len(reference.results)
        filler = disk / "filler"

        def fill() -> None:
            state = os.statvfs(disk)
            free = int(lab.random.uniform(0, made / 2))
            with filler.open("wb") as stream:
                os.posix_fallocate(stream.fileno(), 0, max(1, state.f_bavail * state.f_frsize - free))

        def use_inodes() -> None:
            used = 20000 - os.statvfs(disk).f_ffree
            size = used + lab.random.randrange(0, count)
            subprocess.run(["mount", "-o", f"remount,nr_inodes={size}", str(disk)], check=True)

        def more_inodes() -> None:
            subprocess.run(["mount", "-o", "remount,nr_inodes=20000", str(disk)], check=True)

        for _ in range(lab.number(quick=1, full=8)):
            with lab.fault("full disk", f"({system})"):
                reference.expect_fails_then_completes(fill, filler.unlink, "No space left on device")
        for _ in range(lab.number(quick=1, full=8)):
            with lab.fault("no inode left", f"({system})"):
                reference.expect_fails_then_completes(use_inodes, more_inodes, "No space left on device")
    finally:
        _unmount(disk)
