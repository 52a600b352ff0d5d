# SPDX-License-Identifier: BSD-3-Clause
"""What the worker promises: the same bytes, no process left, and no build that fails because of it."""

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, Iterator, List, Optional

import pytest
from support import PROGRAM

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in Linux's /proc")

SOURCE = """# cython: language_level=3
cimport cython


@cython.ufunc
cdef double twice(double x) noexcept nogil:
    return 2 * x


def total(double[:] values):
    cdef Py_ssize_t i
    cdef double result = 0.0
    for i in range(values.shape[0]):
        result += values[i]
    return result
"""
# Translates for long enough to be interrupted.
SLOW_SOURCE = "# cython: language_level=3\n" + "".join(
    f"def function_{i}(a, b=({i}, 'x')):\n    return [a + b[0] for a in range({i}) if a not in b]\n\n"
    for i in range(400)
)


class Transpiler:
    """Runs transpile steps as a build tool would: each by a shell, below one parent."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.worker = scratch / "a folder with a name that no socket's path has room for" / ("x" * 100) / "worker"
        self.worker.parent.mkdir(parents=True)

    def arguments(self, name: str) -> List[str]:
        """The command line that transpiles `name`.pyx."""
        outputs = [f"--body={self.scratch}/{name}.c", f"--shim={self.scratch}/{name}_init.cpp"]
        stamp = f"--stamp={self.scratch}/{name}.stamp"
        return [str(self.scratch / f"{name}.pyx"), *outputs, stamp, f"--worker-directory={self.worker}"]

    def start(self, name: str, **environment: str) -> "subprocess.Popen[str]":
        """Starts to transpile `name`.pyx."""
        return subprocess.Popen(
            [sys.executable, str(PROGRAM), "transpile", *self.arguments(name)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **environment},
        )

    def run(self, name: str, **environment: str) -> bytes:
        """Transpiles `name`.pyx again; returns its body."""
        for path in self.scratch.glob(f"{name}.[cs]*"):
            path.unlink()
        process = self.start(name, **environment)
        output, _ = process.communicate(timeout=120)  # returns when nobody holds the pipe any more
        assert process.returncode == 0, output
        return (self.scratch / f"{name}.c").read_bytes()

    def processes(self) -> List[int]:
        """The running processes that have this worker's folder on their command line, this one's children or not."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                command = (entry / "cmdline").read_bytes()
                state = (entry / "stat").read_bytes().rsplit(b")", 1)[1].split()[0]
            except (OSError, IndexError):
                continue
            if str(self.worker).encode() in command and state != b"Z":
                found.append(int(entry.name))
        return found

    def worker_process(self) -> Optional[int]:
        """The worker, when it runs: the process that has no parent but the system's first."""
        for pid in self.processes():
            if int(Path(f"/proc/{pid}/stat").read_bytes().rsplit(b")", 1)[1].split()[1]) == 1:
                return pid
        return None

    def wait_until_gone(self, seconds: float) -> None:
        """Asserts that all of its processes end in time."""
        deadline = time.monotonic() + seconds
        while self.processes():
            assert time.monotonic() < deadline, f"processes are left: {self.processes()}"
            time.sleep(0.1)

    def kill_worker(self) -> None:
        """Ends the worker, and forgets its folder."""
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        self.wait_until_gone(5)
        shutil.rmtree(self.worker, ignore_errors=True)


@pytest.fixture
def transpiler(tmp_path: Path) -> Iterator[Transpiler]:
    """A transpiler with two sources, without worker yet."""
    (tmp_path / "module.pyx").write_text(SOURCE)
    (tmp_path / "slow.pyx").write_text(SLOW_SOURCE)
    transpiler = Transpiler(tmp_path)
    yield transpiler
    transpiler.kill_worker()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a step without worker makes of module.pyx."""
    scratch = tmp_path_factory.mktemp("plain")
    (scratch / "module.pyx").write_text(SOURCE)
    transpiler = Transpiler(scratch)
    body = transpiler.run("module", CYTHON_UFUNC_WORKER="0")
    assert transpiler.worker_process() is None, "CYTHON_UFUNC_WORKER=0 started a worker"
    return body


def test_same_bytes(transpiler: Transpiler, plain: bytes) -> None:
    """Two steps in one worker, and one without, give the same; the worker holds nothing of theirs."""
    first = transpiler.run("module")
    worker = transpiler.worker_process()
    assert worker is not None, "no worker was started"
    assert transpiler.run("module") == first == plain
    assert transpiler.worker_process() == worker, "the second step had another worker"
    links: Dict[str, str] = {}
    for entry in Path(f"/proc/{worker}/fd").iterdir():
        links[entry.name] = os.readlink(entry)
    held = [link for link in links.values() if not link.startswith(("/dev/null", "socket:", "anon_inode:", "/proc"))]
    assert all(link.endswith(".lock") for link in held), f"the worker holds {held}"
    assert os.readlink(f"/proc/{worker}/cwd") == "/"


# What a worker makes of the second request for such a source, and what its next child is given.
CONTEXT = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from cython_ufunc.cython import arguments, warm_context
from cython_ufunc.worker import server
server.warm_up()
source = Path(sys.argv[2], "with_numpy.pyx")
request = arguments.TranslationRequest(source, "with_numpy", source.with_suffix(".c"), False, [], [], False, [], "")
assert [warm_context.prepare(request) for _ in range(3)] == [False, True, False]
found = warm_context.find(request)
assert found and found.is_current() and "numpy" in found.context.modules, found
assert any(path.endswith(".pxd") and "numpy" in path for path in found.read), found.read
for changed in (request._replace(directives=["boundscheck=False"]), request._replace(arguments=["-3"])):
    assert warm_context.find(changed) is None
assert warm_context.find(request._replace(source=source.with_name("module.pyx"))) is None  # without NumPy
for other in ("from libc.math cimport sin", 'cdef extern from "math.h":\\n    pass', "if True:\\n    cimport numpy as n"):
    (Path(sys.argv[2]) / "other.pyx").write_text(other + "\\n" + source.read_text())
    assert warm_context.find(request._replace(source=source.with_name("other.pyx"))) is None, other
for same in ("'''\\n cimport x '''", "from cython.parallel cimport prange", "import numpy  # include"):
    (Path(sys.argv[2]) / "other.pyx").write_text(same + "\\n" + source.read_text())
    assert warm_context.find(request._replace(source=source.with_name("other.pyx"))) is found, same
source.write_text("# cython: language_level=2\\n" + source.read_text())
assert warm_context.find(request) is None
Path(sys.argv[2], "numpy.pxd").write_text("")  # is found first now
assert not found.is_current()
"""


def test_context(transpiler: Transpiler) -> None:
    """NumPy's declarations are analysed once for like sources, and again for what could give others."""
    (transpiler.scratch / "with_numpy.pyx").write_text("cimport numpy\n" + SOURCE)
    folder = str(PROGRAM.parent)
    subprocess.run([sys.executable, "-c", CONTEXT, folder, str(transpiler.scratch)], check=True)


# Its types are sorted by Cython: a kind of type has no order but that of the addresses of classes.
FUSED_SOURCE = """# cython: language_level=3
cimport numpy as np

cdef fused values_type:
    np.ndarray[np.int32_t, ndim=1]
    np.int64_t[::1]

def length(values_type values):
    return values.shape[0]
"""
# Translates it in a Cython whose classes are in memory in the order that the third argument says.
ORDERED_TRANSLATION = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from Cython.Compiler import PyrexTypes
from cython_ufunc.cython import arguments, translate
if sys.argv[3] == "backwards":
    kinds = list(vars(PyrexTypes).values())
    PyrexTypes.BaseType.__lt__ = lambda self, other: kinds.index(type(self)) > kinds.index(type(other))
source = Path(sys.argv[2], "fused.pyx")
output = source.with_suffix(".c")
request = arguments.TranslationRequest(source, "fused", output, False, [], [], False, [], "")
assert translate.translate(request)
"""


def test_order_of_types(transpiler: Transpiler) -> None:
    """The output does not follow from where Cython's classes are in memory."""
    (transpiler.scratch / "fused.pyx").write_text(FUSED_SOURCE)
    bodies = []
    for order in ("forwards", "backwards"):
        folder = str(PROGRAM.parent)
        subprocess.run([sys.executable, "-c", ORDERED_TRANSLATION, folder, str(transpiler.scratch), order], check=True)
        bodies.append((transpiler.scratch / "fused.c").read_bytes())
    assert bodies[0] == bodies[1], "the order of types depends on addresses"


# Systems where a worker cannot be had, as a sitecustomize module that makes this one like them.
SYSTEMS = {
    "a system without fork": "import os; del os.fork",
    "a system without sockets of this kind": "import _socket, socket; del _socket.AF_UNIX, socket.AF_UNIX",
    "a sandbox without sockets": """
import _socket, socket
def refuse(*arguments, **keywords):
    raise PermissionError("not in this sandbox")
_socket.socket = refuse
""",
    "a sandbox without new processes": """
import os
def fork():
    raise BlockingIOError("no process left")
os.fork = fork
""",
    "a full disk": """
import os
original = os.mkdir
def mkdir(name, *arguments, **keywords):
    if str(name).endswith("worker"):
        raise OSError(28, "No space left on device")
    return original(name, *arguments, **keywords)
os.mkdir = mkdir
""",
}


@pytest.mark.parametrize("code", SYSTEMS.values(), ids=list(SYSTEMS))
def test_systems(transpiler: Transpiler, plain: bytes, code: str) -> None:
    """Where a worker cannot run, the step does its work itself, with the same result."""
    folder = transpiler.scratch / "system"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(code)
    assert transpiler.run("module", PYTHONPATH=str(folder)) == plain
    assert transpiler.worker_process() is None, "a worker was started"


def test_garbage_on_the_socket(transpiler: Transpiler, plain: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker serves on."""
    transpiler.run("module")
    worker = transpiler.worker_process()
    (socket_path,) = transpiler.worker.glob("*.socket")
    monkeypatch.chdir(transpiler.worker)
    for garbage in (b"", b"\0", b"GET / HTTP/1.0\r\n\r\n", b"\xff" * 4096, b"\0\0\0\x02{}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.connect(socket_path.name)
            connection.sendall(garbage)
    assert transpiler.run("module") == plain
    assert transpiler.worker_process() == worker


def test_a_worker_that_is_stopped_or_killed(transpiler: Transpiler, plain: bytes) -> None:
    """A step goes on without a stopped worker; the step after a killed one has a new one."""
    transpiler.run("module")
    worker = transpiler.worker_process()
    assert worker is not None
    os.kill(worker, signal.SIGSTOP)
    assert transpiler.run("module") == plain
    os.kill(worker, signal.SIGKILL)
    while worker in transpiler.processes():  # a step that still finds it goes on alone
        time.sleep(0.01)
    assert transpiler.run("module") == plain
    assert transpiler.worker_process() not in (None, worker), "a killed worker was not replaced"


def test_a_folder_that_is_none_of_ours(transpiler: Transpiler, plain: bytes) -> None:
    """A folder that others can write to, and a file in its place, are left alone; the step does its work itself."""
    transpiler.worker.mkdir()
    transpiler.worker.chmod(0o777)
    assert transpiler.run("module") == plain
    assert transpiler.worker_process() is None, "a worker was started in a folder that others can write to"
    transpiler.kill_worker()
    transpiler.worker.write_text("a file in its place")
    assert transpiler.run("module") == plain
    transpiler.worker.unlink()


def test_interrupts(transpiler: Transpiler) -> None:
    """Ending a step ends its work."""
    transpiler.run("module")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        client = transpiler.start("slow")
        deadline = time.monotonic() + 60
        while len(transpiler.processes()) < 3:  # client, worker, the child that translates
            assert client.poll() is None, "slow.pyx is translated too fast to be interrupted"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        client.send_signal(number)
        client.communicate(timeout=10)
        deadline = time.monotonic() + 10
        while len(transpiler.processes()) > 1:
            assert time.monotonic() < deadline, f"work goes on after {number!r}"
            time.sleep(0.05)
        assert not (transpiler.scratch / "slow.stamp").exists()
        assert not (transpiler.scratch / "slow.c").exists()


def test_the_build_ends(transpiler: Transpiler) -> None:
    """The worker ends with the build tool that its first step ran below."""
    script = shlex.join([sys.executable, str(PROGRAM), "transpile", *transpiler.arguments("module")])
    subprocess.run(
        ["make", "-f", "-"], input=f"all:\n\t@{script} && true\n", text=True, check=True, stdout=subprocess.DEVNULL
    )
    transpiler.wait_until_gone(10)


def test_many_at_once(transpiler: Transpiler) -> None:
    """Steps that start together share one worker, or do without; each is right."""
    names = [f"copy{i}" for i in range(6)]
    for name in names:
        (transpiler.scratch / f"{name}.pyx").write_text(SOURCE)
    processes = [transpiler.start(name) for name in names]
    for process in processes:
        output, _ = process.communicate(timeout=300)
        assert process.returncode == 0, output
    assert len(transpiler.processes()) == 1, f"processes: {transpiler.processes()}"
    for name in names:
        body = (transpiler.scratch / f"{name}.c").read_bytes()
        assert body == transpiler.run(name, CYTHON_UFUNC_WORKER="0"), name
