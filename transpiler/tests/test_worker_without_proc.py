# SPDX-License-Identifier: BSD-3-Clause
"""The worker on systems that have no /proc, such as macOS and the BSDs."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import support

sys.path.insert(0, str(support.PROGRAM.parent))
from cython_ufunc.worker import client, protocol

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no worker")


@pytest.fixture
def without_proc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Has the worker's code look for /proc where there is none."""
    monkeypatch.setattr(protocol, "_PROC", str(tmp_path / "no proc"))


def test_client_waits_for_a_busy_worker(without_proc: None, tmp_path: Path) -> None:
    """A worker that answers after a second is used, not taken for gone."""
    (tmp_path / "key.lock").write_text(str(os.getpid()))
    ours, workers = socket.socketpair()
    answer = threading.Timer(1.0, workers.sendall, [protocol.READY])
    answer.start()
    try:
        assert client._becomes_ready(ours, protocol.Address(str(tmp_path), "key"))
    finally:
        answer.join()
        ours.close()
        workers.close()


def test_client_leaves_a_worker_that_has_ended(without_proc: None, tmp_path: Path) -> None:
    """A worker that has ended is not waited for."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / "key.lock").write_text(str(ended.pid))
    ours, workers = socket.socketpair()
    assert not client._becomes_ready(ours, protocol.Address(str(tmp_path), "key"))
    ours.close()
    workers.close()
