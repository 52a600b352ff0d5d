# SPDX-License-Identifier: BSD-3-Clause
"""What building costs each contender: configuring, a cold build, builds after edits, a rebuild with warm caches."""

import shutil
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional, Sequence

from benchmark.contender import Contender
from benchmark.process import Cost
from benchmark.workload import count_built

# In the order in which they are taken. Of the no-op, which is short, several samples are taken each time.
STEPS = {
    "configure": "configure",
    "cold": "cold build",
    "no-op": "no-op",
    "pyx": "one .pyx edited",
    "pxd": "shared .pxd edited",
    "comment": "comment in that .pxd edited",
    "warm": "clean rebuild, warm caches",
}
_NO_OPS = 5

Progress = Callable[[str], None]


class Samples(NamedTuple):
    """What was measured of one contender."""

    costs: Dict[str, List[Cost]]  # by step
    size: Dict[str, int]  # modules, bytes
    output_cache: bool  # the transpiler's output cache was used


class Runner:
    """Takes samples of one contender."""

    def __init__(self, contender: Contender, scratch: Path) -> None:
        self._contender = contender
        self._scratch = scratch
        self._cold_environment = contender.tools.environment()
        self._edits = 0
        self.samples = Samples({}, {}, False)

    def run(self, steps: Sequence[str], progress: Progress) -> None:
        """Runs the steps once, from freshly written sources, and checks what was built."""
        contender = self._contender
        contender.write()
        shutil.rmtree(self._scratch, ignore_errors=True)
        self._scratch.mkdir(parents=True)
        self._record("configure", contender.configure(self._cold_environment))
        self._record("cold", contender.build(self._cold_environment))
        progress("cold")
        self._check()
        if "no-op" in steps:
            for _ in range(_NO_OPS):
                self._record("no-op", contender.build(self._cold_environment))
        for step, edit in (
            ("pyx", contender.workload.edit_module),
            ("pxd", contender.workload.edit_declarations),
            ("comment", contender.workload.edit_comment),
        ):
            if step in steps:
                self._edits += 1
                edit(contender.source, self._edits)
                self._record(step, contender.build(self._cold_environment))
                progress(step)
                self._check()
        if "warm" in steps:
            self._run_warm()
            progress("warm")
        shutil.rmtree(contender.build_folder)

    def _run_warm(self) -> None:
        """A build that fills the caches, and the same build again, from nothing."""
        contender = self._contender
        output_cache = self._scratch / "output-cache" if contender.is_ours else None
        environment = contender.tools.environment(self._scratch / "ccache", output_cache)
        for is_measured in (False, True):
            contender.configure(environment)
            cost = contender.build(environment)
            if is_measured:
                self._record("warm", cost)
        self._check()
        if output_cache and output_cache.is_dir() and any(output_cache.iterdir()):
            self.samples = self.samples._replace(output_cache=True)

    def _record(self, step: str, cost: Optional[Cost]) -> None:
        if cost:
            self.samples.costs.setdefault(step, []).append(cost)

    def _check(self) -> None:
        """Installs and calls what was built."""
        contender = self._contender
        contender.install(self._cold_environment)
        self.samples.size.update(count_built(contender.workload, contender.installed, contender.shared))
        scratch = self._scratch / "check"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        contender.workload.check(contender.installed, contender.tools, scratch)


def measure(
    contenders: Sequence[Contender], scratch: Path, steps: Sequence[str], repeat: int, progress: Callable[[str], None]
) -> List[Samples]:
    """Runs the steps `repeat` times for each contender, alternating, so that what else the machine does hits all."""
    runners = [Runner(contender, scratch / f"samples-{index}") for index, contender in enumerate(contenders)]
    for turn in range(repeat):
        for contender, runner in zip(contenders, runners):

            def say(step: str, contender: Contender = contender, runner: Runner = runner, turn: int = turn) -> None:
                cost = runner.samples.costs[step][-1]
                progress(
                    f"{contender.workload.name}, {turn + 1}/{repeat}, {contender.label}: {STEPS[step]} "
                    f"{cost.wall:.1f} s ({cost.cpu:.1f} CPU s)"
                )

            runner.run(steps, say)
    return [runner.samples for runner in runners]
