"""Measures the coverage of editable installs of this package, by scikit-build-core and by meson-python.

Usage: check_editable.py <scratch folder> --clean-python <interpreter> --cython-ufunc <folder with its wheel>
  Runs in an environment that has what builds packages, and coverage.
"""

import sys
from pathlib import Path

from measured import HERE, Coverage, check_lines

sys.path.insert(0, str(HERE.parents[1] / "ci"))

from testing.packages import BACKENDS, Environment, copy_project, only, read_arguments

SETTINGS = {
    "scikit-build-core": [
        "-C",
        "cmake.define.MYPKG_COVERAGE=ON",
        "-C",
        "build-dir=build",
        "-C",
        "editable.rebuild=true",
    ],
    "meson-python": ["-C", "setup-args=-Dcython-ufunc:coverage=true"],
}


def main():
    scratch, _, cython_ufunc = read_arguments(__doc__)
    for backend in BACKENDS:
        project = copy_project(HERE, scratch / backend, backend)
        environment = Environment(scratch / f"{backend} environment")
        environment.install(only(cython_ufunc, "cython_ufunc-*.whl"))
        if backend == "meson-python":
            environment.cython_ufunc("wrap", project)
        environment.install(*SETTINGS[backend], "--editable", project)
        coverage = Coverage(project, Path("src"), Path("build"), python=environment.python)
        assert "tests passed" in coverage("run", "tests.py")
        check_lines(coverage.lines())
        print(f"An editable install by {backend}:\n{coverage('report')}")


main()
print("coverage: the lines of sources are reported as they ran in editable installs")
