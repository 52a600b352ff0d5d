# SPDX-License-Identifier: BSD-3-Clause
"""What client and worker agree on: its address, and the messages on the socket.

A client connects and waits for one byte READY. It sends one request with its standard streams attached. It gets
one byte ACCEPTED when a process was forked for it, and then that process's exit code as one byte; or the end of the
stream, at any point, when the worker cannot serve it.

READY comes first because streams sent to a worker that never receives them stay open: the build would wait for their
end.

What this and worker_client import is most of what a step costs its client: no `pathlib`, `socket`, `hashlib`, `typing`.
"""

from __future__ import annotations

import os
import struct
import sys

try:
    import _socket as socket  # without the conveniences around it, whose import takes longer than all else here
except ImportError:
    import socket  # type: ignore[no-redef]

from cython_ufunc.files import digest
from cython_ufunc.reuse.fingerprint import cython_folder, own_files, version_file

_PROC = "/proc"
READY = b"\x02"
ACCEPTED = b"\x01"
_LARGEST_REQUEST = 16 << 20
_LENGTH = struct.Struct("!I")
_PEER = struct.Struct("3i")  # pid, uid, gid
_STREAMS = struct.Struct("3i")


class Address:
    """Where a worker listens: a folder of this user's, and names in it."""

    def __init__(self, folder: str, key: str) -> None:
        self.folder = folder
        self.socket = f"{key}.socket"
        self.lock = f"{key}.lock"


def address_of(folder: str) -> Address | None:
    """The address of the worker below `folder` that runs this transpiler, this interpreter, this Cython for this user.

    Returns None when there is no Cython. Makes the folder; raises OSError unless it is this user's alone.
    """
    cython = cython_folder()
    if cython is None:
        return None
    stamps = []
    for path in (version_file(cython), *own_files()):
        status = os.stat(path)
        stamps.append((path, status.st_mtime_ns, status.st_size))
    identity = repr((sys.executable, sys.version, sys.path, sys.flags, os.geteuid(), stamps))
    key = digest(identity.encode("utf-8", "surrogateescape"))[:16]
    try:
        os.mkdir(folder, 0o700)  # not those above it: a build directory that was moved must not come back
    except FileExistsError:
        pass
    found = os.lstat(folder)
    if found.st_uid != os.geteuid() or found.st_mode & 0o7777 != 0o700:
        raise PermissionError(f"{folder} is not this user's alone")
    return Address(folder, key)


class InFolder:
    """Runs its block in another working directory: a socket's own path has to be shorter than those of folders."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._before = -1

    def __enter__(self) -> None:
        self._before = os.open(".", os.O_RDONLY)
        os.chdir(self._folder)

    def __exit__(self, *exception: object) -> None:
        os.fchdir(self._before)
        os.close(self._before)


def is_same_user(connection: socket.socket) -> bool:
    """True when the process at the other end is this user's, or the system cannot tell (the folder's mode can)."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    return bool(_PEER.unpack(peer)[1] == os.geteuid())


class Request:
    """What a client asks for: to run a command line in its place."""

    def __init__(
        self, arguments: list[str], directory: str, umask: int, build: tuple[int, str], environment: dict[str, str]
    ) -> None:
        """`build`: number and start of the build tool's process; number 0 where that is not known."""
        self.arguments = arguments
        self.directory = directory
        self.umask = umask
        self.build = build
        self.environment = environment

    def encode(self) -> bytes:
        """As bytes: texts in which no zero byte can be, with zero bytes between them."""
        texts = [self.directory, str(self.umask), str(self.build[0]), self.build[1], str(len(self.arguments))]
        texts += self.arguments
        for name, value in self.environment.items():
            texts += (name, value)
        return b"\0".join(map(os.fsencode, texts))

    @classmethod
    def decode(cls, content: bytes) -> Request:
        """The request that `content` encodes. Raises ValueError for anything else."""
        directory, umask, pid, start, count, *texts = map(os.fsdecode, content.split(b"\0"))
        arguments, pairs = texts[: int(count)], texts[int(count) :]
        if int(count) < 0 or len(arguments) < int(count) or len(pairs) % 2:
            raise ValueError("not a request")
        return cls(arguments, directory, int(umask), (int(pid), start), dict(zip(pairs[::2], pairs[1::2])))


def send_request(connection: socket.socket, request: Request, streams: tuple[int, int, int]) -> None:
    """Sends `request` with the file descriptors `streams`."""
    body = request.encode()
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, _STREAMS.pack(*streams))]
    connection.sendmsg([_LENGTH.pack(len(body))], rights)
    connection.sendall(body)


def receive_request(connection: socket.socket) -> tuple[Request, list[int]]:
    """The request and its file descriptors. Raises ValueError or OSError for anything else."""
    header, ancillary, _, _ = connection.recvmsg(_LENGTH.size, socket.CMSG_SPACE(_STREAMS.size))
    streams: list[int] = []
    for level, kind, content in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            streams += struct.unpack(f"{len(content) // 4}i", content[: len(content) // 4 * 4])
    try:
        if len(header) != _LENGTH.size or len(streams) != 3:
            raise ValueError("not a request")
        (length,) = _LENGTH.unpack(header)
        if length > _LARGEST_REQUEST:
            raise ValueError("the request is too large")
        return Request.decode(_receive_exactly(connection, length)), streams
    except BaseException:
        for stream in streams:
            os.close(stream)
        raise


def _receive_exactly(connection: socket.socket, length: int) -> bytes:
    content = b""
    while len(content) < length:
        part = connection.recv(min(length - len(content), 1 << 16))
        if not part:
            raise ValueError("the request ends early")
        content += part
    return content


class Process:
    """What Linux reports of a running process."""

    def __init__(self, name: str, fields: list[str]) -> None:
        """`fields`: those of /proc/<pid>/stat after the name."""
        self.name = name
        self.is_stopped = fields[0] in ("T", "t")
        self.parent = int(fields[1])
        self.start = fields[19]  # tells it from a later process of the same number


def is_gone_or_stopped(pid: int) -> bool:
    """True for a process that will not answer. Without /proc, a stopped one passes for running."""
    process = find_process(pid)
    if process is not None:
        return process.is_stopped
    if os.path.exists(_PROC):
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False


def find_process(pid: int) -> Process | None:
    """The process `pid`; None when it is gone, and where the system does not tell."""
    try:
        with open(f"{_PROC}/{pid}/stat", "rb") as file:
            stat = file.read()
    except OSError:
        return None
    end = stat.rindex(b")")
    fields = stat[end + 2 :].decode("ascii").split()
    if fields[0] == "Z":
        return None
    return Process(stat[stat.index(b"(") + 1 : end].decode("utf-8", "replace"), fields)
