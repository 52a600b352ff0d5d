"""Builds and installs a copy of this package in the ways that there are with scikit-build-core, and calls it.

Usage: check.py <scratch folder> --clean-python <interpreter> --cython-ufunc <folder with its wheel>
  Runs in an environment that has what builds packages. <interpreter> is of another that has NumPy alone.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "ci"))

from testing.edits import replace  # noqa: E402
from testing.packages import Environment, call_and_repair, copy_project, files_of, only, read_arguments, run  # noqa: E402

CALL = """
import numpy as np
import mypkg
assert isinstance(mypkg.add_one, np.ufunc) and list(mypkg.add_one([1.0])) == [{one_more}]
assert list(mypkg.even(3)) == {even} and mypkg.sum_of_squares(np.arange(4.0)) == 14.0
"""
# auditwheel puts the library beside the package.
ITS_OWN_OPENMP = """
import pathlib
libraries = [path.name for path in pathlib.Path(mypkg.__file__).parent.with_name("mypkg.libs").glob("*")]
if libraries:
    maps = pathlib.Path("/proc/self/maps").read_text()
    assert libraries[0] in maps, f"{libraries} is not loaded"
"""


def build(project: Path, environment: Environment, cython_ufunc: Path, scratch: Path) -> Path:
    """Builds the sdist, and from it the wheel, for which pip installs what pyproject.toml requires."""
    sdist = environment.sdist(project, scratch / "sdist")
    pip = [environment.python, "-m", "pip", "wheel", "--no-deps", "--find-links", cython_ufunc]
    run(*pip, "-w", scratch / "wheel", sdist)
    return only(scratch / "wheel", "*.whl")


def check_wheel(wheel: Path, clean_python: str, scratch: Path) -> None:
    """Calls the package in a clean environment, as it was built and after auditwheel's repair."""
    names = files_of(wheel)
    assert [name.split(".")[0] for name in names] == ["mypkg/__init__", "mypkg/fastmath"], names
    repaired = call_and_repair(wheel, scratch, clean_python, CALL.format(one_more=2.0, even=[0, 2, 4]) + ITS_OWN_OPENMP)
    if repaired:
        names = files_of(repaired)
        assert any(name.startswith("mypkg.libs/libgomp") for name in names), names


def check_editable(project: Path, environment: Environment) -> None:
    """Edits sources of an editable install: the next import builds, and sees each edit."""
    settings = ["-C", "editable.rebuild=true", "-C", "build-dir=build/{wheel_tag}"]
    environment.install(*settings, "--editable", project)
    environment.call(CALL.format(one_more=2.0, even=[0, 2, 4]))
    source = project / "src" / "mypkg" / "fastmath.pyx"
    replace(source, "return x + 1.0", "return x + 10.0")
    environment.call(CALL.format(one_more=11.0, even=[0, 2, 4]))
    replace(source.with_name("helpers.cpp"), "PyArray_Arange(0, 2.0 *", "PyArray_Arange(2, 2 + 2.0 *")
    environment.call(CALL.format(one_more=11.0, even=[2, 4, 6]))
    print("pip install --editable: edits of the .pyx and of the helper are seen at the next import")


def main() -> None:
    """Runs all the ways."""
    scratch, clean_python, cython_ufunc = read_arguments(__doc__)
    project = copy_project(HERE, scratch / "project", "scikit-build-core")
    environment = Environment(scratch / "environment")
    environment.install(only(cython_ufunc, "cython_ufunc-*.whl"))

    wheel = build(project, environment, cython_ufunc, scratch)
    check_wheel(wheel, clean_python, scratch)
    check_editable(project, environment)


main()
