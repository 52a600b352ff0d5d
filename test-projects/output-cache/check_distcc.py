"""Builds this project with distcc as the compiler launcher, and asserts that each compile ran in its daemon.

Usage: check_distcc.py <scratch directory> <cmake|meson> --cython-ufunc <its source directory> --c-compiler <cc>
         --cxx-compiler <c++> --distcc <distcc> --distccd <distccd> [--meson <meson>]
"""

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import IO, Dict

from checkout import COMPILES, Checkout, add_arguments


class Daemon:
    """A distcc daemon that this machine alone can reach, as long as the block lasts."""

    def __init__(self, program: str, scratch: Path) -> None:
        self._program = program
        self._log = scratch / "daemon.log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def __enter__(self) -> "Daemon":
        command = [self._program, "--no-detach", "--daemon", "--listen=127.0.0.1", "--allow=127.0.0.1"]
        # Else it takes no compiler but those that the system's administrator has listed.
        command += [f"--port={self.port}", "--jobs=2", "--enable-tcp-insecure", "--log-stderr", "--log-level=info"]
        log: IO[bytes]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stderr=log, cwd="/", start_new_session=True)
        deadline = time.monotonic() + 10
        while True:
            with socket.socket() as connection:
                if connection.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            assert self._process.poll() is None and time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.05)

    def __exit__(self, *exception: object) -> None:
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()

    def compiled(self) -> Dict[str, str]:
        """What became of each source that it was sent, by the file's name."""
        done = re.findall(
            r"\(dcc_job_summary\) .* (\w+) exit:.* ret:\S+ time:\S+ \S+ (.+)$", self._log.read_text(), re.MULTILINE
        )
        return {Path(source).name: state for state, source in done}


def main() -> None:
    """Runs the check."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    parser.add_argument("--distcc", required=True)
    parser.add_argument("--distccd", required=True)
    options = parser.parse_args()
    scratch = options.scratch = options.scratch.resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    for name in list(os.environ):
        if name.startswith("DISTCC_"):
            del os.environ[name]
    client_log = scratch / "client.log"
    with Daemon(options.distccd, scratch) as daemon:
        environment = {
            "DISTCC_DIR": str(scratch),
            "DISTCC_HOSTS": f"127.0.0.1:{daemon.port}",
            # Compilers are tried with things that they may not take; that is no reason to do without the daemon.
            "DISTCC_BACKOFF_PERIOD": "0",
        }
        checkout = Checkout(scratch / "source", options, launcher=options.distcc, environment=environment)
        checkout.configure()
        before = set(daemon.compiled())
        checkout.make(DISTCC_FALLBACK="0", DISTCC_VERBOSE="1", DISTCC_LOG=str(client_log))
        compiled = {name: state for name, state in daemon.compiled().items() if name not in before}
    assert len(compiled) == COMPILES and set(compiled.values()) == {"COMPILE_OK"}, compiled
    log = client_log.read_text()
    sent = re.findall(rf"compile (\S.*) on 127\.0\.0\.1:{daemon.port} completed ok", log)
    assert len(sent) == COMPILES, sent
    # Preprocessing and linking are done here; a compile would name its source.
    here = [source for source in re.findall(r"\] compile (.*) on localhost completed", log) if source != "(null)"]
    assert not here, f"compiled here: {here}"
    checkout.call()
    print(f"{options.system}: distcc compiled {', '.join(sorted(compiled))} elsewhere, and nothing here")


main()
