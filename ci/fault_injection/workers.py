# SPDX-License-Identifier: BSD-3-Clause
"""Faults of the worker: no memory, other versions, other users, garbage; and sources that crash Cython.

Whatever happens to the worker, a step succeeds with the same body, or says what is wrong. Workers that are stopped,
killed, or cannot be had are in transpiler/tests/test_worker.py.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator, List

from fault_injection.lab import FaultError, Lab, expect
from fault_injection.processes import TRANSLATION, WORKER, Process, expect_none_left, processes_of
from fault_injection.steps import PROGRAM, SOURCE, Steps

_NOBODY = 65534
_DEEP = 100_000
# Sources that Cython dies of, each by its own way, and what the step says of it.
_DEADLY = {
    "100,000 brackets in one another": ("deep.pyx", "x = " + "(" * _DEEP + "1" + ")" * _DEEP, "was ended by SIGSEGV"),
    "a source that includes itself": ("self.pyx", 'include "self.pyx"\n', "was ended by SIGSEGV"),
    "an internal error of Cython": ("crash.pyx", "x = " + "lambda: " * 5000 + "1", "Compiler crash in"),
    "a NUL among the code": ("nul.pyx", "x = 1\0\n", ""),
}


def run(lab: Lab) -> None:
    """Tries all of that."""
    steps = Steps(lab, lab.scratch / "steps")
    source = steps.write("module.pyx", SOURCE)
    plain = steps.body(source, worker=False)
    _try_deadly_sources(lab, steps)
    _try_memory(lab, steps, source, plain)
    _try_other_version(lab, source)
    _try_foreign_sockets(lab, steps, source, plain)
    _try_other_user(lab, steps, source, plain)
    _try_garbage(lab, steps, source, plain)
    _end_worker(steps)


def _workers(steps: Steps) -> List[Process]:
    return [process for process in processes_of(steps.mark) if process.kind == WORKER]


def _end_worker(steps: Steps) -> None:
    for process in processes_of(steps.mark):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    expect_none_left(steps.mark)
    shutil.rmtree(steps.worker, ignore_errors=True)


def _try_deadly_sources(lab: Lab, steps: Steps) -> None:
    for name, (file, text, says) in _DEADLY.items():
        source = steps.write(file, text)
        for worker in (False,) if lab.quick else (True, False):
            with lab.fault(name, "(in the worker)" if worker else "(without a worker)"):
                steps.expect_fails(source, str(source), says, worker=worker)
                expect(not [p for p in processes_of(steps.mark) if p.kind == TRANSLATION], "work goes on")


def _try_memory(lab: Lab, steps: Steps, source: Path, plain: bytes) -> None:
    """Limits the address space, so that it ends at points chosen at random."""
    for _ in range(lab.number(quick=2, full=40)):
        memory = lab.random.randrange(20 << 20, 120 << 20)
        for worker in (True, False):
            with lab.fault("memory runs out", f"({memory >> 20} MiB)"):
                _end_worker(steps)
                run = steps.run(source, worker=worker, memory=memory)
                body = steps.folder / "module.c"
                if run.returncode == 0:
                    expect(body.read_bytes() == plain, "another body")
                else:
                    expect(run.stdout.strip(), f"it failed ({run.returncode}) without a word")
                    expect(not body.exists() or body.read_bytes() == plain, "a half body")
                    expect(not (steps.folder / "module.stamp").exists(), "it left a stamp")
                _end_worker(steps)
                expect(steps.body(source, worker=worker) == plain, "another body afterwards")


def _try_other_version(lab: Lab, source: Path) -> None:
    """A worker of an older version of the transpiler does not serve the newer one."""
    with lab.fault("a worker of another version"):
        root = lab.scratch / "versions"
        for name in ("transpiler", "templates", "runtime"):
            copied = shutil.ignore_patterns("__pycache__")
            shutil.copytree(PROGRAM.parent.parent / name, root / name, ignore=copied)
        steps = Steps(lab, root / "steps", root / "transpiler" / PROGRAM.name)
        steps.body(source)
        errors = root / "transpiler" / "cython_ufunc" / "errors.py"
        errors.write_text(errors.read_text().replace('PROGRAM = "cython-ufunc"', 'PROGRAM = "the-new-version"'))
        steps.body(source)
        expect(len(_workers(steps)) == 2, f"workers: {_workers(steps)}")
        run = steps.run(source, "--module-name=1")
        expect(run.stdout.startswith("the-new-version: error"), f"the old version served: {run.stdout}")
        _end_worker(steps)


# Listens where a worker would, as the user with that number, and does what its argument says with whoever connects.
_LISTENER = """
import os, socket, sys, time
os.chdir(sys.argv[1])
listener = socket.socket(socket.AF_UNIX)
os.umask(0)
listener.bind(sys.argv[2])
os.setuid(int(sys.argv[3]))
listener.listen()
print("listening", flush=True)
while True:
    connection, _ = listener.accept()
    if sys.argv[4] == "garbage":
        connection.sendall(os.urandom(64))
    if sys.argv[4] == "ready":
        connection.sendall(b"\\x02")
        print(len(connection.recv(1 << 16)), "bytes received", flush=True)
    if sys.argv[4] != "silence":
        connection.close()
    else:
        kept = connection
"""


@contextlib.contextmanager
def _listener(steps: Steps, name: str, user: int, manner: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", _LISTENER, str(steps.worker), name, str(user), manner]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        if process.stdout is None or process.stdout.readline() != "listening\n":
            raise FaultError("the listener did not start")
        yield process
    finally:
        process.kill()
        process.wait()


def _socket_of(steps: Steps, source: Path) -> str:
    """Starts the worker; returns the name of its socket."""
    steps.body(source)
    (path,) = steps.worker.glob("*.socket")
    return path.name


def _try_foreign_sockets(lab: Lab, steps: Steps, source: Path, plain: bytes) -> None:
    name = _socket_of(steps, source)
    manners = ["garbage", "closed at once", "ready"] if lab.quick else ["garbage", "closed at once", "ready", "silence"]
    for manner in manners:
        with lab.fault("a foreign socket in the worker's place", f"({manner})"):
            _end_worker(steps)
            steps.worker.mkdir(mode=0o700)
            with _listener(steps, name, os.geteuid(), manner):
                start = time.monotonic()
                expect(steps.body(source) == plain, "another body")
                expect(time.monotonic() - start < 100, "it waited for too long")
    with lab.fault("a stale socket and a stale lock"):
        _end_worker(steps)
        steps.worker.mkdir(mode=0o700)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(os.path.relpath(steps.worker / name))
        (steps.worker / name.replace(".socket", ".lock")).write_text("1")
        expect(steps.body(source) == plain, "another body")
        expect(len(_workers(steps)) == 1, "no worker was started")


def _try_other_user(lab: Lab, steps: Steps, source: Path, plain: bytes) -> None:
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        for name in ("a socket of another user", "a request of another user"):
            lab.not_tried(name, "becoming another user needs root and setpriv")
        return
    name = _socket_of(steps, source)
    with lab.fault("a socket of another user"):
        _end_worker(steps)
        steps.worker.mkdir(mode=0o700)
        with _listener(steps, name, _NOBODY, "ready") as listener:
            expect(steps.body(source) == plain, "another body")
            listener.kill()
            said = listener.stdout.read() if listener.stdout else ""
        expect(said in ("", "0 bytes received\n"), f"the other user received: {said}")
    with lab.fault("a request of another user"):
        _end_worker(steps)
        name = _socket_of(steps, source)
        # Root opens the two doors that the modes of the folder and of the socket are: the worker has a third.
        (steps.worker / name).chmod(0o777)
        code = f"import socket; s = socket.socket(socket.AF_UNIX); s.connect({name!r}); print(s.recv(1))"
        user = ["setpriv", f"--reuid={_NOBODY}", "--clear-groups"]
        closed = subprocess.run([*user, sys.executable, "-c", code], cwd=steps.worker, stderr=subprocess.PIPE)
        expect(closed.returncode != 0, "the folder's mode lets another user connect")
        rights = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
        command = [*user, *rights, sys.executable, "-c", code]
        opened = subprocess.run(command, cwd=steps.worker, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        expect(opened.stdout == "b''\n", f"the worker answered another user: {opened.stdout}")
        expect(steps.body(source) == plain and len(_workers(steps)) == 1, "the worker did not go on")


def _try_garbage(lab: Lab, steps: Steps, source: Path, plain: bytes) -> None:
    """Sends requests that are wrong in ways chosen at random; the worker goes on, and holds nothing of them."""
    _end_worker(steps)
    name = _socket_of(steps, source)
    (worker,) = _workers(steps)
    time.sleep(1)
    held = len(os.listdir(f"/proc/{worker.pid}/fd"))
    texts = [str(steps.folder), "18", "0", "", "1", "no-such-command", "PATH", "/usr/bin"]
    request = "\0".join(texts).encode()
    for _ in range(lab.number(quick=60, full=2000)):
        with lab.fault("garbage on the socket"):
            _send_garbage(lab, steps.worker, name, request)
    time.sleep(2)
    with lab.fault("garbage on the socket", "(afterwards)"):
        expect([process.pid for process in _workers(steps)] == [worker.pid], "the worker ended")
        now = len(os.listdir(f"/proc/{worker.pid}/fd"))
        expect(now <= held, f"it holds {now} files, {held} before")
        expect(steps.body(source) == plain, "another body")
        expect([process.pid for process in _workers(steps)] == [worker.pid], "another worker served")
        expect(not [p for p in processes_of(steps.mark) if p.kind == TRANSLATION], "children were left")


def _send_garbage(lab: Lab, folder: Path, name: str, request: bytes) -> None:
    random = lab.random
    length = random.choice([len(request), 0, 1, 1 << 31, random.randrange(1 << 32)])
    body = bytearray(request)
    for _ in range(random.randrange(4)):
        body[random.randrange(len(body))] = random.randrange(256)
    if random.random() < 0.3:
        del body[random.randrange(len(body)) :]
    header = length.to_bytes(4, "big") if random.random() < 0.8 else random.randbytes(random.randrange(1, 9))
    null = os.open(os.devnull, os.O_RDWR)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(30)
        before = os.open(".", os.O_RDONLY)
        os.chdir(folder)
        try:
            connection.connect(name)
        finally:
            os.fchdir(before)
            os.close(before)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            streams = random.choice([3, 3, 3, 0, 1, 2, 4, 9])
            socket.send_fds(connection, [header], [null] * streams)
            connection.sendall(bytes(body))
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):  # until the worker is done with it
                pass
    os.close(null)
