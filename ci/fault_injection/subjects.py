# SPDX-License-Identifier: BSD-3-Clause
"""What ci/faults can be asked for: a new subject is a function that takes a Lab, and a line here."""

from typing import Callable, Dict, NamedTuple

from fault_injection import file_systems, hostile_names, imports, kills, load, workers
from fault_injection.lab import Lab


class Subject(NamedTuple):
    """Faults that are tried together."""

    what: str
    run: Callable[[Lab], None]


SUBJECTS: Dict[str, Subject] = {
    "kills": Subject("a build, or a process of it, is killed at a random point", kills.run),
    "file-systems": Subject("full, read-only, moved, shared; time stamps, users, environments", file_systems.run),
    "workers": Subject("the worker: memory, other users, garbage; sources Cython dies of", workers.run),
    "hostile-names": Subject("names that mean something to a shell or a build tool", hostile_names.run),
    "imports": Subject("the import: NumPy, memory, threads, forks, shutdown, flags of Python", imports.run),
    "sanitizers": Subject("the same with AddressSanitizer and UndefinedBehaviorSanitizer", imports.run_sanitized),
    "valgrind": Subject("some of it under Valgrind", imports.run_valgrind),
    "analysis": Subject("the runtime and a shim, by clang-tidy and GCC's -fanalyzer", imports.run_analysis),
    "load": Subject("500 modules, 64 jobs on few processors", load.run),
}
