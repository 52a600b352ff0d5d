# SPDX-License-Identifier: BSD-3-Clause
"""Whether Cython still needs what is changed in it, and whether that still works.

Sets of objects are in another order in each process, by chance. Here they are put in one order and its reverse: a plain Cython
writes two texts, a patched one the same.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Dict

import pytest
from support import PROGRAM

TRANSLATE = """
import sys
from Cython.Compiler import CmdLine, Main, ParseTreeTransforms, TypeInference
from cython_ufunc.cython import patches

patch, is_reversed, source, output = sys.argv[1], sys.argv[2] == "reversed", *sys.argv[3:]
if patch:
    getattr(patches, patch)()

Inferer = TypeInference.SimpleAssignmentTypeInferer
infer_types = Inferer.infer_types
def infer_types_in_that_order(self, scope):
    for entry in scope.entries.values():
        nodes = [assignment.lhs for assignment in entry.cf_assignments]
        nodes += [reference.node for reference in entry.cf_references]
        lists = [entry.cf_assignments, *(node.cf_state for node in nodes if node.cf_state)]
        for assignments in lists:
            assignments.sort(key=lambda one: (one.pos[1:], (one.rhs.pos or one.pos)[1:]), reverse=is_reversed)
    return infer_types(self, scope)
Inferer.infer_types = infer_types_in_that_order

Analysis = ParseTreeTransforms.AnalyseExpressionsTransform
if hasattr(Analysis, "_build_positions"):
    build_positions = Analysis._build_positions
    def build_positions_in_that_order(self, function):
        self.positions[-1] = sorted(self.positions[-1], key=lambda place: str(place[0].get_description()), reverse=is_reversed)
        return build_positions(self, function)
    Analysis._build_positions = build_positions_in_that_order

options, _ = CmdLine.parse_command_line(["-o", output, source])
sys.exit(Main.compile(source, options).num_errors)
"""

# The type of the variable follows from itself.
CIRCLE = """# cython: infer_types=True
def circle(values: list[int]):
    first: int = 0
    step: object = 1
    state = first
    for value in values:
        state = state & ~value
        if value > 5:
            state |= value
        else:
            state |= step
        step <<= 1
    return state
"""
# Cython pickles such a class by code of its own, which has the first line as its place, too.
PROFILED = """# cython: profile=True
cdef class Point:
    cdef public int x

    def move(self):
        self.x += 1
"""
SOURCES = {"order_assignments_by_place": CIRCLE, "order_traced_places_by_file": PROFILED}


def translate(folder: Path, patch: str, order: str, source: str) -> bytes:
    """What Cython makes of `source` with the patch of that name, or with none."""
    place = folder / f"{patch or 'none'} {order}"
    place.mkdir(parents=True)
    (place / "sample.pyx").write_text(source)
    output = place / "sample.c"
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM.parent), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-c", TRANSLATE, patch, order, "sample.pyx", str(output)]
    subprocess.run(command, cwd=place, env=environment, check=True)
    return output.read_bytes()


@pytest.mark.parametrize("patch", SOURCES)
def test_order_does_not_matter(patch: str, tmp_path: Path) -> None:
    """With the patch, the order of what Cython takes from sets does not matter; without it, it does."""
    texts: Dict[str, "set[bytes]"] = {
        used: {translate(tmp_path, used, order, SOURCES[patch]) for order in ("straight", "reversed")}
        for used in (patch, "")
    }
    assert len(texts[patch]) == 1
    assert len(texts[""]) == 2, f"Cython does not need {patch}() any more"


def test_warm_transpiler_writes_includes_in_cold_order(tmp_path: Path) -> None:
    """The third source of a worker, which starts from a prepared context, has its includes where the first has them."""
    source = (
        "# distutils: language = c++\n# cython: np_pythran=True\ncimport numpy as np\n\n"
        "def size(np.ndarray array):\n    return np.PyArray_SIZE(array)\n"
    )
    bodies = []
    for number in range(4):
        (tmp_path / "sample.pyx").write_text(source)
        body = tmp_path / f"body{number}.cpp"
        arguments = [str(tmp_path / "sample.pyx"), f"--body={body}", f"--shim={tmp_path / 'shim.cpp'}", "--language=c++"]
        if number:  # the first is cold
            arguments.append(f"--worker-directory={tmp_path / 'worker'}")
        subprocess.run([sys.executable, str(PROGRAM), "transpile", *arguments], check=True)
        bodies.append(body.read_bytes())
    assert len(set(bodies)) == 1
