# SPDX-License-Identifier: BSD-3-Clause
"""Runs a command with no input, and takes what it prints."""

import subprocess
from typing import Callable, Mapping, Optional, Sequence


def run_captured(
    command: Sequence[str],
    environment: Mapping[str, str],
    timeout: float,
    preexec_fn: Optional[Callable[[], None]] = None,
) -> "subprocess.CompletedProcess[str]":
    """Runs `command` with the variables `environment` alone; its output and errors are both in `stdout`.

    timeout: seconds, after which subprocess.TimeoutExpired is raised. preexec_fn: runs in the new process first.
    """
    return subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=timeout,
        preexec_fn=preexec_fn,
    )
