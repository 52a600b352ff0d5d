# SPDX-License-Identifier: BSD-3-Clause
"""What the init shim costs at run time: when a module is imported, and when its ufuncs are called."""

import json
import shutil
import statistics
import subprocess
from pathlib import Path
from typing import Any, Callable, Dict, List

from benchmark.cmake_contenders import CythonCMake, OursWithCMake
from benchmark.synthetic import Synthetic
from benchmark.tools import Tools

SHIM = "with the shim"
PLAIN = "plain"
BUILT_IN = "NumPy's own"
# The target for the import, and the bound that tells a cost per call from noise.
_MOST_IMPORT_MICROSECONDS = 50.0
_MOST_CALL_RATIO = 1.15

# Prints the microseconds that importing each module took, NumPy and the shared utility module being loaded.
_IMPORT = """
import importlib, json, sys, time
import numpy
import benchpkg._cyutility
result = []
for index in range({count}):
    name = f"benchpkg.module_{{index}}"
    start = time.perf_counter_ns()
    importlib.import_module(name)
    result.append((time.perf_counter_ns() - start) / 1000)
print(json.dumps(result))
"""
# Prints, for each module and for NumPy, the nanoseconds that one call took in each of many turns.
_CALL = """
import importlib.util, json, sys, timeit
import numpy

def load(path):
    spec = importlib.util.spec_from_file_location("benchpkg.module_0", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

array = numpy.array([1.5])
calls = {{}}
for name, path in json.loads(sys.argv[1]).items():
    module = load(path)
    calls[name] = (module.shift_0, (array,)), (module.blend_0, (array, array))
calls[{built_in!r}] = (numpy.negative, (array,)), (numpy.add, (array, array))
result = {{name: [[], []] for name in calls}}
for turn in range({turns}):
    for name, functions in calls.items():
        for place, (function, arguments) in enumerate(functions):
            timer = timeit.Timer("f(*a)", globals={{"f": function, "a": arguments}})
            result[name][place].append(timer.timeit({number}) / {number} * 1e9)
print(json.dumps(result))
"""


def measure(tools: Tools, scratch: Path, quick: bool, progress: Callable[[str], None]) -> Dict[str, Any]:
    """Builds the same modules with the shim, and without it by cython-cmake, and measures both, in turn.

    The result has the samples in microseconds (import) and nanoseconds (calls), and their summaries.
    """
    count, processes, turns = (4, 12, 30) if quick else (16, 40, 150)
    trees = {}
    for name, kind in ((SHIM, OursWithCMake), (PLAIN, CythonCMake)):
        tree = kind(Synthetic(count), tools, scratch / name.replace(" ", "-"), True)
        environment = tools.environment()
        tree.write()
        tree.configure(environment)
        tree.build(environment)
        tree.install(environment)
        trees[name] = tree
        progress(f"{count} modules {name} built")
    imports: Dict[str, List[float]] = {SHIM: [], PLAIN: []}
    for _ in range(processes):
        for name, tree in trees.items():
            environment = {**tools.environment(), "PYTHONPATH": str(tree.installed)}
            imports[name] += _run(tools, _IMPORT.format(count=count), [], environment)
    progress(f"imported {len(imports[SHIM])} times each")
    paths = {name: str(next(tree.installed.rglob("module_0.*"))) for name, tree in trees.items()}
    environment = {**tools.environment(), "PYTHONPATH": str(trees[SHIM].installed)}
    code = _CALL.format(built_in=BUILT_IN, turns=turns, number=2000)
    calls: Dict[str, List[List[float]]] = _run(tools, code, [json.dumps(paths)], environment)
    shutil.rmtree(scratch)
    return {
        "import_us": {name: _summary(samples) for name, samples in imports.items()},
        "unary_call_ns": {name: _summary(samples[0]) for name, samples in calls.items()},
        "binary_call_ns": {name: _summary(samples[1]) for name, samples in calls.items()},
    }


def problems(measured: Dict[str, Any]) -> List[str]:
    """What the shim costs too much, as sentences; by the least times, which noise only ever adds to."""
    found = []
    more = measured["import_us"][SHIM]["min"] - measured["import_us"][PLAIN]["min"]
    if more > _MOST_IMPORT_MICROSECONDS:
        found.append(
            f"an import takes {more:.0f} us more with the shim; at most {_MOST_IMPORT_MICROSECONDS:.0f} allowed"
        )
    for key in ("unary_call_ns", "binary_call_ns"):
        ratio = measured[key][SHIM]["min"] / measured[key][PLAIN]["min"]
        if ratio > _MOST_CALL_RATIO:
            found.append(
                f"{key}: a call takes {ratio:.2f} times as long with the shim; at most {_MOST_CALL_RATIO} allowed"
            )
    return found


def _run(tools: Tools, code: str, arguments: List[str], environment: Dict[str, str]) -> Any:
    output = subprocess.check_output([str(tools.python), "-c", code, *arguments], env=environment, text=True)
    return json.loads(output)


def _summary(samples: List[float]) -> Dict[str, float]:
    return {"min": min(samples), "median": statistics.median(samples), "samples": len(samples)}
