# SPDX-License-Identifier: BSD-3-Clause
"""Single transpile steps, run as a build tool runs them."""

import os
import resource
import subprocess
from pathlib import Path
from typing import List, Optional

from common.captured import run_captured
from common.environment import ROOT

from fault_injection.lab import Lab, expect
from fault_injection.processes import MARK

PROGRAM = ROOT / "transpiler" / "cython_ufunc_main.py"
SOURCE = """# cython: language_level=3
cimport cython

@cython.ufunc
cdef double twice(double x) noexcept nogil:
    return 2 * x
"""
_TIMEOUT = 300.0


class Steps:
    """Transpile steps in one folder, with one worker."""

    def __init__(self, lab: Lab, folder: Path, program: Path = PROGRAM) -> None:
        self.folder = folder
        self.worker = folder / "worker"
        self.program = program
        self.mark = str(folder)
        self._python = str(lab.tools.python)
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, text: str) -> Path:
        """Writes a source."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def command(self, source: Path, *arguments: str) -> List[str]:
        """The command line that transpiles `source`, with outputs named after it."""
        stem = self.folder / source.stem
        outputs = [f"--body={stem}.c", f"--shim={stem}_init.cpp", f"--depfile={stem}.d", f"--stamp={stem}.stamp"]
        command = [self._python, str(self.program), "transpile", str(source), *outputs]
        return [*command, f"--worker-directory={self.worker}", *arguments]

    def run(
        self, source: Path, *arguments: str, worker: bool = True, memory: Optional[int] = None
    ) -> "subprocess.CompletedProcess[str]":
        """Runs the step again. `memory`: the most bytes of address space that each process of it may have."""
        for suffix in (".c", "_init.cpp", ".stamp", ".d"):
            (self.folder / f"{source.stem}{suffix}").unlink(missing_ok=True)

        def limit() -> None:
            if memory:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

        environment = {**os.environ, MARK: self.mark, "CYTHON_UFUNC_WORKER": "1" if worker else "0"}
        environment.update({"CYTHON_UFUNC_CACHE": "", "LC_ALL": "C.UTF-8"})
        # No thread of ours holds a lock that `limit` needs.
        return run_captured(self.command(source, *arguments), environment, _TIMEOUT, preexec_fn=limit)

    def body(self, source: Path, *arguments: str, worker: bool = True) -> bytes:
        """Runs the step again; returns its body. Raises FaultError when it fails."""
        run = self.run(source, *arguments, worker=worker)
        expect(run.returncode == 0, f"the step failed ({run.returncode}):\n{run.stdout}")
        return (self.folder / f"{source.stem}.c").read_bytes()

    def expect_fails(self, source: Path, *says: str, worker: bool = True) -> None:
        """Raises FaultError unless the step fails, says all of `says`, and leaves nothing that passes for done."""
        run = self.run(source, worker=worker)
        expect(run.returncode not in (0, None), f"it succeeded:\n{run.stdout[:2000]}")
        missing = [text for text in says if text not in run.stdout]
        expect(not missing, f"it does not say {missing}:\n{run.stdout[:2000]}")
        expect(not (self.folder / f"{source.stem}.stamp").exists(), "it left a stamp")
        expect(not (self.folder / f"{source.stem}.c").exists(), "it left a body")
