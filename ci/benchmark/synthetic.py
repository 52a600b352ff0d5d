# SPDX-License-Identifier: BSD-3-Clause
"""The generated workload: any number of small modules, no two alike."""

from pathlib import Path
from typing import List

from benchmark import process
from benchmark.tools import Tools
from benchmark.workload import Module, Workload

_DECLARATIONS = """# Cimported by every module.
cdef inline double scaled(double x) noexcept nogil:
    # Scales a value (comment {comment}).
    return x * {factor}
"""

_MODULE = """# cython: language_level=3
\"\"\"Module {index} of the benchmark.\"\"\"
cimport cython
cimport numpy as np

from {package}.common cimport scaled


@cython.ufunc
cdef double shift_{index}(double x) noexcept nogil:
    return scaled(x) + {offset}


@cython.ufunc
cdef double blend_{index}(double x, double y) noexcept nogil:
    return {left} * x + {right} * y


@cython.boundscheck(False)
@cython.wraparound(False)
def sum_image_{index}(double[:, :] image):
    cdef Py_ssize_t row, column
    cdef double total = {offset}
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            total += scaled(image[row, column])
    return total


def {kind}_buffer_{index}(np.ndarray[np.float64_t, ndim=1] values):
    cdef Py_ssize_t i
    cdef double result = {left}
    for i in range(values.shape[0]):
        {statement}
    return result
"""
# What the buffer functions compute, and the same in Python.
_KINDS = {
    "sum": ("result += values[i]", "{left} + sum(values)"),
    "largest": ("result = max(result, values[i])", "max({left}, *values)"),
    "squares": ("result += values[i] * values[i]", "{left} + sum(v * v for v in values)"),
}

_CHECK = """
import importlib
import numpy as np

values = [0.5, 2.0, -3.25]
vector = np.array(values)
image = np.array([values, values])


def assert_equal(found, expected, what):
    assert found == expected, f"{{what}} is {{found}}, expected {{expected}}"


for index, kind, offset, left, right, factor, expected in {rows}:
    module = importlib.import_module(f"{package}.module_{{index}}")
    assert isinstance(getattr(module, f"shift_{{index}}"), np.ufunc)
    shifted = getattr(module, f"shift_{{index}}")(vector).tolist()
    assert_equal(shifted, [v * factor + offset for v in values], f"shift_{{index}}")
    blended = getattr(module, f"blend_{{index}}")(vector, vector[::-1]).tolist()
    assert_equal(blended, [left * x + right * y for x, y in zip(values, values[::-1])], f"blend_{{index}}")
    summed = getattr(module, f"sum_image_{{index}}")(image)
    assert_equal(summed, offset + 2 * factor * sum(values), f"sum_image_{{index}}")
    buffer_function = getattr(module, f"{{kind}}_buffer_{{index}}")
    assert_equal(buffer_function(vector), eval(expected), buffer_function.__name__)
"""


class Synthetic(Workload):
    """`count` modules of two ufuncs, one memoryview and one buffer function each, that cimport one `.pxd`."""

    name = "synthetic"
    package = "benchpkg"
    definitions = ("NPY_NO_DEPRECATED_API=NPY_1_7_API_VERSION",)
    include_directories = ()

    def __init__(self, count: int) -> None:
        self.directives = {"language_level": "3"}
        names = [f"module_{index}" for index in range(count)]
        self.modules = [Module(f"{self.package}.{name}", f"{self.package}/{name}.pyx") for name in names]
        self._module_turn = 0
        self._factor_turn = 0

    def write_sources(self, folder: Path) -> None:
        """See Workload."""
        self._module_turn = self._factor_turn = 0
        package = folder / self.package
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        self._write_declarations(folder, 0)
        for index in range(len(self.modules)):
            self._write_module(folder, index)

    def edit_module(self, folder: Path, turn: int) -> None:
        """See Workload."""
        self._module_turn = turn
        self._write_module(folder, 0)

    def edit_declarations(self, folder: Path, turn: int) -> None:
        """See Workload."""
        self._factor_turn = turn
        self._write_declarations(folder, turn)

    def edit_comment(self, folder: Path, turn: int) -> None:
        """See Workload."""
        self._write_declarations(folder, turn)

    def check(self, installed: Path, tools: Tools, scratch: Path) -> None:
        """See Workload."""
        rows = [
            (index, self._kind(index), self._offset(index), self._left(index), self._right(index), self._factor())
            + (_KINDS[self._kind(index)][1].format(left=self._left(index)),)
            for index in range(len(self.modules))
        ]
        environment = {**tools.environment(), "PYTHONPATH": str(installed)}
        process.run([tools.python, "-"], scratch, environment, _CHECK.format(rows=rows, package=self.package))

    def _write_declarations(self, folder: Path, comment: int) -> None:
        text = _DECLARATIONS.format(comment=comment, factor=self._factor())
        (folder / self.package / "common.pxd").write_text(text)

    def _write_module(self, folder: Path, index: int) -> None:
        kind = self._kind(index)
        text = _MODULE.format(
            package=self.package,
            index=index,
            kind=kind,
            statement=_KINDS[kind][0],
            offset=self._offset(index),
            left=self._left(index),
            right=self._right(index),
        )
        (folder / self.modules[index].source).write_text(text)

    # All numbers are sums of powers of two, so that results are exact.
    def _factor(self) -> float:
        return 1.5 + self._factor_turn

    def _offset(self, index: int) -> float:
        return 1 + index / 8 + (self._module_turn if index == 0 else 0)

    def _left(self, index: int) -> float:
        return 2 + index / 4

    def _right(self, index: int) -> float:
        return 0.5 - index

    def _kind(self, index: int) -> str:
        kinds: List[str] = list(_KINDS)
        return kinds[index % len(kinds)]
