# SPDX-License-Identifier: BSD-3-Clause
"""The worker: a process that has started Cython once, and forks a child for each transpile step.

A child translates one source and ends, so that no state leaks from one to the next. The worker ends with the build, or
when it had nothing to do for a while. It serves its own user only, and never makes a build fail: see client.py.
"""

import gc
import os
import selectors
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Dict, List, NoReturn, Optional, Tuple

from cython_ufunc.cython import warm_context
from cython_ufunc.step import TRANSPILE, Step
from cython_ufunc.steps import here, transpile
from cython_ufunc.worker import protocol
from cython_ufunc.worker.protocol import ACCEPTED, READY, Address, InFolder, Request

# Without work for so long, it ends: where the build tool is known, that ends earlier; else compilers run in between.
_IDLE_SECONDS = 60.0
_IDLE_SECONDS_WITHOUT_BUILD = 5.0
_POLL_SECONDS = 0.5
_REQUEST_SECONDS = 5.0


def serve(listener: int, lock: int, address: Address) -> None:
    """Serves requests on the socket `listener` until the build has ended. `lock` is locked, until then.

    Both are file descriptors.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    warm_up()
    try:
        _Worker(socket.socket(fileno=listener), lock).run()
    finally:
        with InFolder(address.folder):
            os.unlink(address.socket)


def warm_up() -> None:
    """Imports what a translation needs: the scanner's tables and the built-in scope are made by these imports."""
    del sys.path[0]  # the transpiler's own folder, as in cython_ufunc_main.py
    from Cython.Compiler import CmdLine, Main, Pipeline  # noqa: F401

    for name in (
        "AnalysedTreeTransforms",
        "Annotate",
        "AutoDocTransforms",
        "Buffer",
        "CythonScope",
        "MemoryView",
        "ModuleNode",
        "Optimize",
        "ParseTreeTransforms",
        "Parsing",
        "TypeInference",
        "UFuncs",
    ):
        try:
            __import__(f"Cython.Compiler.{name}")
        except ImportError:  # another version's
            pass
    gc.collect()
    gc.set_threshold(100_000)  # a child is gone before there is much to collect
    gc.freeze()  # keeps the collector of a child from touching, and so copying, all of this


class _Worker:
    """The loop that accepts clients and watches them and their children."""

    def __init__(self, listener: socket.socket, lock: int) -> None:
        self._listener = listener
        self._lock = lock
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ)
        self._children: Dict[int, socket.socket] = {}  # by process number
        self._build: Optional[Tuple[int, str]] = None
        self._last_work = time.monotonic()

    def run(self) -> None:
        """Serves until there is nothing left to do."""
        while not self._is_over():
            for key, _ in self._selector.select(_POLL_SECONDS):
                if key.fileobj is self._listener:
                    self._accept()
                else:
                    self._end_abandoned(key.data)
            self._reap()

    def _is_over(self) -> bool:
        if self._children:
            self._last_work = time.monotonic()
            return False
        idle = time.monotonic() - self._last_work
        if self._build is None:
            return idle > _IDLE_SECONDS_WITHOUT_BUILD
        pid, start = self._build
        build = protocol.find_process(pid)
        return build is None or build.start != start or idle > _IDLE_SECONDS

    def _accept(self) -> None:
        connection, _ = self._listener.accept()
        try:
            # One client that sends nothing must not keep the others waiting for long.
            connection.settimeout(_REQUEST_SECONDS)
            if not protocol.is_same_user(connection):
                raise PermissionError("another user's process")
            connection.sendall(READY)
            request, streams = protocol.receive_request(connection)
        except (OSError, ValueError):
            connection.close()
            return
        step = _read_step(request)
        try:
            child = os.fork()
            if child == 0:
                self._become_child(connection, request, step, streams)
        except OSError:
            connection.close()
            return
        finally:
            for stream in streams:
                os.close(stream)
        self._last_work = time.monotonic()
        if request.build[0]:
            self._build = request.build
        self._children[child] = connection
        self._selector.register(connection, selectors.EVENT_READ, child)

    def _end_abandoned(self, child: int) -> None:
        """A client sends nothing after its request: what can be read is the end of it."""
        self._selector.unregister(self._children[child])
        os.kill(child, signal.SIGTERM)

    def _reap(self) -> None:
        while self._children:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            connection = self._children.pop(pid)
            try:
                self._selector.unregister(connection)
            except KeyError:
                pass  # abandoned
            connection.close()

    def _become_child(
        self, connection: socket.socket, request: Request, step: Optional[Step], streams: List[int]
    ) -> NoReturn:
        """Runs one request in this process, a fork of the worker, and ends it."""
        status = 1
        try:
            self._listener.close()
            self._selector.close()
            os.close(self._lock)
            for other in self._children.values():
                other.close()
            status = _run_request(connection, request, step, streams)
            sys.stdout.flush()
            sys.stderr.flush()
            connection.sendall(bytes([status]))
        except BaseException:
            pass  # the client gets the end of the stream, and runs by itself
        finally:
            os._exit(status)


def _read_step(request: Request) -> Optional[Step]:
    """The step that is asked for; None where it cannot be read. Makes what the children for such steps start with."""
    step = None
    try:
        os.chdir(request.directory)
        step = Step.read(request.arguments)
        request_of = transpile.translation_request
        if step and step.command == TRANSPILE and warm_context.prepare(request_of(step, Path(step.output))):
            gc.freeze()
    except (Exception, SystemExit):
        pass  # the child does without
    finally:
        os.chdir("/")
    return step


def _run_request(connection: socket.socket, request: Request, step: Optional[Step], streams: List[int]) -> int:
    """Takes on the client's place in the system, and does its step. Raises ValueError when there is none."""
    if step is None:
        raise ValueError("not a step")
    for stream, target in zip(streams, (0, 1, 2)):
        os.dup2(stream, target)
    os.environ.clear()
    os.environ.update(request.environment)
    os.umask(request.umask)
    os.chdir(request.directory)
    signal.signal(signal.SIGTERM, _end)
    connection.settimeout(None)
    connection.sendall(ACCEPTED)
    threading.Thread(target=_end_with_client, args=(connection,), daemon=True).start()
    return here.run(step)


def _end(signum: int, frame: object) -> NoReturn:
    """Ends this process in good order: what it was writing is removed."""
    raise SystemExit(1)


def _end_with_client(connection: socket.socket) -> None:
    """Ends this process when its client does, though the worker may be gone or stopped."""
    try:
        connection.recv(1)
    except OSError:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
