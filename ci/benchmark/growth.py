# SPDX-License-Identifier: BSD-3-Clause
"""How the costs of configuring and of a build without changes grow with the number of modules."""

import shutil
from pathlib import Path
from typing import Callable, Dict, List, Sequence, Type

from benchmark import bare_ninja
from benchmark.contender import Contender
from benchmark.process import Cost
from benchmark.synthetic import Synthetic
from benchmark.tools import Tools

BARE = "bare ninja"
_NO_OPS = 15

Costs = Dict[str, Dict[int, List[Cost]]]  # by contender and number of modules


def measure(
    contenders: Sequence[Type[Contender]],
    counts: Sequence[int],
    tools: Tools,
    scratch: Path,
    repeat: int,
    progress: Callable[[str], None],
) -> Dict[str, Costs]:
    """The samples of the steps `configure` and `no-op`.

    `tools` had better not optimise: what is built is not run. Each contender has the shared utility module, which makes
    its build fast, and hardly changes these steps.
    """
    result: Dict[str, Costs] = {"configure": {}, "no-op": {}}
    for count in counts:
        trees = [kind(Synthetic(count), tools, scratch / f"{index}", True) for index, kind in enumerate(contenders)]
        environment = tools.environment()
        for tree in trees:
            tree.write()
        for _ in range(repeat):
            for tree in trees:
                cost = tree.configure(environment)
                if cost:
                    _record(result["configure"], tree.name, count, cost)
        for tree in trees:
            tree.build(environment)
            progress(f"{count} modules: {tree.name} built")
        bare_folder = scratch / "bare"
        bare_ninja.prepare(Synthetic(count), tools, bare_folder)
        for _ in range(_NO_OPS):
            _record(result["no-op"], BARE, count, bare_ninja.run(tools, bare_folder))
            for tree in trees:
                _record(result["no-op"], tree.name, count, tree.build(environment))
        shutil.rmtree(scratch)
        progress(f"{count} modules: measured")
    return result


def _record(costs: Costs, name: str, count: int, cost: Cost) -> None:
    costs.setdefault(name, {}).setdefault(count, []).append(cost)
