# SPDX-License-Identifier: BSD-3-Clause
"""A project of 500 modules, built with many more jobs than processors: what the worker takes stays bounded."""

import os
import subprocess
import threading
import time
from pathlib import Path
from typing import Dict

from fault_injection.builds import NINJA, Build
from fault_injection.lab import Lab, expect
from fault_injection.processes import WORKER, expect_none_left, processes_of

_JOBS = 64
# What the worker may hold: listener, lock, selector and standard streams, and a connection for each job.
_MOST_FILES = _JOBS + 16
_MOST_MEMORY = 400 << 20
_CMAKE = """cmake_minimum_required(VERSION 3.21)
project(load LANGUAGES C CXX)
find_package(CythonUfunc 0.1 REQUIRED)
add_cython_shared_utility(load_utility)
set(CYTHON_UFUNC_SHARED_UTILITY load_utility)
foreach(number RANGE 1 {count})
    add_cython_ufunc_module(module${{number}} module${{number}}.pyx NO_NUMPY)
endforeach()
"""
_MODULE = """# cython: language_level=3
def number():
    return {number}

def total(double[:] values):
    return values[0] + values[-1]
"""


def run(lab: Lab) -> None:
    """Builds it; not in a quick run."""
    if lab.quick:
        lab.not_tried("500 modules with 64 jobs", "it takes minutes; ci/faults load builds them")
        return
    try_modules(lab, 500)


def try_modules(lab: Lab, count: int) -> None:
    """Builds `count` modules at once, and watches the worker."""
    project = lab.scratch / "project"
    project.mkdir()
    (project / "CMakeLists.txt").write_text(_CMAKE.format(count=count))
    for number in range(1, count + 1):
        (project / f"module{number}.pyx").write_text(_MODULE.format(number=number))
    build = Build(lab, NINJA, lab.scratch / "load", project)
    build.configure()
    with lab.fault(f"{count} modules with {_JOBS} jobs"):
        most = {"files": 0, "memory": 0, "workers": 0}
        ended = threading.Event()
        watcher = threading.Thread(target=_watch, args=(build.mark, most, ended))
        watcher.start()
        try:
            made = subprocess.run(
                build.command(_JOBS),
                env=build.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        finally:
            ended.set()
            watcher.join()
        expect(made.returncode == 0, made.stdout[-3000:])
        print(f"the worker held at most {most['files']} files and {most['memory'] >> 20} MiB", flush=True)
        expect(most["workers"] == 1, f"workers at a time: {most['workers']}")
        expect(most["files"] <= _MOST_FILES, f"the worker held {most['files']} files")
        expect(most["memory"] <= _MOST_MEMORY, f"the worker held {most['memory'] >> 20} MiB")
        built = list(build.build.glob("module*.so"))
        expect(len(built) == count, f"{len(built)} modules of {count}")
        expect_none_left(build.mark)
        code = f"import sys; sys.path.insert(0, sys.argv[1]); import module{count} as m; assert m.number() == {count}"
        build.run(str(lab.tools.python), "-c", code, str(build.build)).check_returncode()


def _watch(mark: str, most: Dict[str, int], ended: threading.Event) -> None:
    """Notes the most that a worker holds, until the build has ended."""
    page = os.sysconf("SC_PAGE_SIZE")
    while not ended.is_set():
        workers = [process for process in processes_of(mark) if process.kind == WORKER]
        most["workers"] = max(most["workers"], len(workers))
        for worker in workers:
            folder = Path("/proc", str(worker.pid))
            try:
                most["files"] = max(most["files"], len(os.listdir(folder / "fd")))
                most["memory"] = max(most["memory"], int((folder / "statm").read_text().split()[1]) * page)
            except OSError:
                pass  # it has ended
        time.sleep(0.2)
