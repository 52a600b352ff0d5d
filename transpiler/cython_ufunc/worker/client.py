# SPDX-License-Identifier: BSD-3-Clause
"""The worker's client, which saves a transpile step Cython's start-up.

A build's first step starts the worker. Whatever goes wrong with it, the step goes on without it, with the same result:
the worker is an optimisation, never a reason to fail.
"""

from __future__ import annotations

import os
import sys

from cython_ufunc.worker import protocol
from cython_ufunc.worker.protocol import ACCEPTED, READY, InFolder, Request

try:
    import _socket as socket  # as in worker_protocol
except ImportError:
    import socket  # type: ignore[no-redef]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cython_ufunc.step import Step
    from cython_ufunc.worker.protocol import Address

# How long a worker may take to be ready, in seconds: it may be starting. A stopped one is noticed sooner.
_PATIENCE = 30.0
_POLL_SECONDS = 0.25
_SHELLS = {"sh", "bash", "dash", "ash", "ksh", "zsh", "cmake", "env"}


def run_in_worker(step: Step) -> int | None:
    """Has the worker do `step`; returns its exit code.

    Returns None when that is not possible, and the caller has to do it itself: no worker was asked for
    (`--worker-directory`), it is turned off (CYTHON_UFUNC_WORKER=0), the system lacks what it needs, or it fails.
    """
    folder = step.worker_directory
    if folder is None or os.environ.get("CYTHON_UFUNC_WORKER") == "0" or not _system_can():
        return None
    try:
        address = protocol.address_of(folder)
        if address is None:
            return None
        try:
            return _run(address, step)
        except ConnectionError:
            return _run(address, step)  # that worker was just ending: there is room for another
    except (OSError, ValueError):
        return None


def _system_can() -> bool:
    return hasattr(os, "fork") and hasattr(socket, "AF_UNIX") and hasattr(socket, "SCM_RIGHTS")


def _run(address: Address, step: Step) -> int | None:
    """Has a worker at `address` do the step. Raises ConnectionError when it ended before it was asked to."""
    connection = _connect(address)
    try:
        return _request(connection, address, step)
    finally:
        connection.close()


def _request(connection: socket.socket, address: Address, step: Step) -> int | None:
    """Sends the request and waits for its exit code."""
    if not protocol.is_same_user(connection) or not _becomes_ready(connection, address):
        return None
    umask = os.umask(0)
    os.umask(umask)
    request = Request([step.command, *step.arguments], os.getcwd(), umask, _build_process(), dict(os.environ))
    sys.stdout.flush()
    sys.stderr.flush()
    connection.settimeout(_PATIENCE)
    protocol.send_request(connection, request, (0, 1, 2))
    if connection.recv(1) != ACCEPTED:
        return None
    connection.settimeout(None)  # a translation takes as long as it takes
    status = connection.recv(1)
    return status[0] if status else None


def _becomes_ready(connection: socket.socket, address: Address) -> bool:
    """Waits for the worker, as long as it runs and patience lasts. Raises ConnectionError when it ended."""
    connection.settimeout(_POLL_SECONDS)
    for _ in range(int(_PATIENCE / _POLL_SECONDS)):
        try:
            if connection.recv(1) == READY:
                return True
            raise ConnectionResetError
        except socket.timeout:
            with open(os.path.join(address.folder, address.lock), encoding="ascii") as file:
                number = file.read()
            if number and protocol.is_gone_or_stopped(int(number)):
                return False
    return False


def _build_process() -> tuple[int, str]:
    """The build tool above this process, and what tells it from a later process of the same number; else (0, "")."""
    pid = os.getppid()
    while pid > 1:
        process = protocol.find_process(pid)
        if process is None:
            break
        if process.name not in _SHELLS and not process.name.startswith("python"):
            return pid, process.start
        pid = process.parent
    return 0, ""


def _connect(address: Address) -> socket.socket:
    """A connection to the worker, which is started when there is none."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_PATIENCE)
        with InFolder(address.folder):
            there = True
            try:
                connection.connect(address.socket)
            except (FileNotFoundError, ConnectionRefusedError):
                there = False
            if not there:
                # Not in the handler: the worker is a fork, whose every traceback would begin with that exception.
                _start_worker(address)
                connection.connect(address.socket)
        return connection
    except BaseException:
        connection.close()
        raise


def _start_worker(address: Address) -> None:
    """Starts the worker, unless another client is just doing so. The working directory is the address's folder."""
    import fcntl

    lock = os.open(address.lock, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        # Held by the worker for its life. Whoever waits here finds the socket of the one who did not.
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        _wait_for_socket(address)
        return
    try:
        _remove_sockets(address)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(address.socket)
            listener.listen(128)
            _fork_worker(listener.fileno(), lock, address)
        finally:
            listener.close()
    finally:
        os.close(lock)


def _remove_sockets(address: Address) -> None:
    """Removes the socket that a killed worker left."""
    try:
        os.unlink(address.socket)
    except FileNotFoundError:
        pass


def _wait_for_socket(address: Address) -> None:
    """Waits until the client that holds the lock has made the socket."""
    import time

    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        if os.path.exists(address.socket):
            return
        time.sleep(0.005)


def _fork_worker(listener: int, lock: int, address: Address) -> None:
    """Makes the worker a process of its own, that is no child of the build and holds nothing of it."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        os.setsid()
        if os.fork() == 0:
            _detach([listener, lock])
            os.ftruncate(lock, 0)
            os.write(lock, str(os.getpid()).encode("ascii"))
            from cython_ufunc.worker.server import serve

            serve(listener, lock, address)
    except BaseException:
        pass  # the clients notice, and run by themselves
    finally:
        os._exit(0)


def _detach(keep: list[int]) -> None:
    """Lets go of the build's pipes, terminal and other open files."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    edges = [2, *sorted(keep), os.sysconf("SC_OPEN_MAX")]
    for low, high in zip(edges, edges[1:]):
        os.closerange(low + 1, min(high, 1 << 16))
    os.chdir("/")
