# SPDX-License-Identifier: BSD-3-Clause
"""What the two ends of the warm transpiler agree on: its address, and the messages on the socket.

A client connects and waits for one byte READY. It sends one request: JSON with its standard streams attached. It gets
one byte ACCEPTED when a process was forked for it, and then that process's exit code as one byte; or the end of the
stream, at any point, when the worker cannot serve it.

READY comes first because streams sent to a worker that never receives them stay open: the build would wait for their
end.
"""

import array
import hashlib
import importlib.util
import json
import os
import socket
import struct
import sys
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

READY = b"\x02"
ACCEPTED = b"\x01"
_LARGEST_REQUEST = 16 << 20
_LENGTH = struct.Struct("!I")
_PEER = struct.Struct("3i")  # pid, uid, gid


class Address(NamedTuple):
    """Where a worker listens: a folder of this user's, and names in it."""

    folder: Path
    socket: str
    lock: str


def address_of(folder: Path) -> Optional[Address]:
    """The address of the worker below `folder` that runs this transpiler, this interpreter, this Cython for this user.

    Returns None when there is no Cython. Makes the folder; raises OSError unless it is this user's alone.
    """
    cython = importlib.util.find_spec("Cython")
    if cython is None or cython.origin is None:
        return None
    version_file = Path(cython.origin).parent / "Shadow.py"
    own_files = sorted(Path(__file__).resolve().parent.glob("*.py"))
    stamps = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in (version_file, *own_files)]
    identity = repr((sys.executable, sys.version, sys.path, sys.flags, os.geteuid(), stamps))
    key = hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o7777 != 0o700:
        raise PermissionError(f"{folder} is not this user's alone")
    return Address(folder, f"{key}.socket", f"{key}.lock")


class InFolder:
    """Runs its block in another working directory: a socket's own path has to be shorter than those of folders."""

    def __init__(self, folder: Path) -> None:
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


def send_request(connection: socket.socket, request: Dict[str, Any], streams: List[int]) -> None:
    """Sends `request` with the file descriptors `streams`."""
    body = json.dumps(request).encode("ascii")
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", streams).tobytes())]
    connection.sendmsg([_LENGTH.pack(len(body))], rights)
    connection.sendall(body)


def receive_request(connection: socket.socket) -> Tuple[Dict[str, Any], List[int]]:
    """The request and its file descriptors. Raises ValueError or OSError for anything else."""
    space = socket.CMSG_SPACE(3 * array.array("i").itemsize)
    header, ancillary, _, _ = connection.recvmsg(_LENGTH.size, space)
    streams = array.array("i")
    for level, kind, content in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            streams.frombytes(content[: len(content) - len(content) % streams.itemsize])
    try:
        if len(header) != _LENGTH.size or len(streams) != 3:
            raise ValueError("not a request")
        (length,) = _LENGTH.unpack(header)
        if length > _LARGEST_REQUEST:
            raise ValueError("the request is too large")
        request = json.loads(_receive_exactly(connection, length).decode("ascii"))
        if not isinstance(request, dict):
            raise ValueError("not a request")
        return request, list(streams)
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


class Process(NamedTuple):
    """What Linux tells of a running process."""

    name: str
    is_stopped: bool
    parent: int
    start: str  # tells it from a later process of the same number


def find_process(pid: int) -> Optional[Process]:
    """The process `pid`; None when it is gone, and where the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    end = stat.rindex(b")")
    fields = stat[end + 2 :].decode("ascii").split()
    if fields[0] == "Z":
        return None
    name = stat[stat.index(b"(") + 1 : end].decode("utf-8", "replace")
    return Process(name, fields[0] in "Tt", int(fields[1]), fields[19])
