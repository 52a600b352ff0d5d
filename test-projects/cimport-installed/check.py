"""Installs the wheel of one project, builds another that cimports from it, and calls both, with each build backend.

Usage: check.py <scratch folder> --clean-python <interpreter> --cython-ufunc <folder with its wheel>
  Runs in an environment that has what builds packages. <interpreter> is of another that has NumPy alone.
"""

import itertools
import shutil
import sys
from pathlib import Path
from typing import Dict

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "ci"))

from testing.packages import (  # noqa: E402
    BACKENDS,
    Environment,
    call_in_clean_environment,
    copy_project,
    files_of,
    only,
    read_arguments,
)

CALL = """
import numpy as np
import grid, model
cube = model.Cube(2.0)
assert isinstance(cube, grid.Cell) and (grid.Cell(2.0).area(), cube.area()) == (4.0, 24.0)
assert cube.all_corners().shape == (8, 2)
np.testing.assert_array_equal(model.spacings([8.0, 1.0]), [2.0, 0.25])
assert model.totals(np.arange(3.0), 2) == 6.0
"""


def build(scratch: Path, backend: str, cython_ufunc: Path) -> Dict[str, Path]:
    """The wheels of both projects; the second is built where of the first there is only its installed wheel."""
    wheels = {}
    for name in ("grid", "model"):
        project = copy_project(HERE / name, scratch / name / "project", backend)
        environment = Environment(scratch / name / "environment")
        environment.install(only(cython_ufunc, "cython_ufunc-*.whl"), *wheels.values())
        if backend == "meson-python":
            environment.cython_ufunc("wrap", project)
        wheels[name] = environment.wheel(project, scratch / name / "wheel")
        shutil.rmtree(project)
    declared = [name for name in files_of(wheels["grid"]) if name.endswith((".pxd", ".h"))]
    assert declared == ["grid/cells.pxd", "grid/include/grid_spacing.h"], declared
    return wheels


def main() -> None:
    """Checks each backend's projects, and those of one with those of the other."""
    scratch, clean_python, cython_ufunc = read_arguments(__doc__)
    wheels = {backend: build(scratch / backend, backend, cython_ufunc) for backend in BACKENDS}
    for first, second in itertools.product(BACKENDS, BACKENDS):
        both = [wheels[first]["grid"], wheels[second]["model"]]
        call_in_clean_environment(scratch / f"clean-{first}-{second}", clean_python, both, CALL)
        print(f"model, by {second}, works with grid, by {first}")


main()
