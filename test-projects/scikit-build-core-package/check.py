"""Builds and installs a copy of this package in the ways that there are with scikit-build-core, and calls it.

Usage: check.py <scratch folder> --clean-python <interpreter> --cython-ufunc <folder with its wheel>
  Runs in an environment that has what builds packages. <interpreter> is of another that has NumPy alone.
"""

import argparse
import shutil
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "drivers"))

from packages import Environment, call_in_clean_environment, copy_project, only, repair, run  # noqa: E402

CALL = """
import numpy as np
import mypkg
assert isinstance(mypkg.add_one, np.ufunc) and list(mypkg.add_one([1.0])) == [{one_more}]
assert list(mypkg.even(3)) == {even} and mypkg.sum_of_squares(np.arange(4.0)) == 14.0
"""


def build(project: Path, environment: Environment, cython_ufunc: Path, scratch: Path) -> Path:
    """Builds the sdist, and from it the wheel, for which pip installs what pyproject.toml requires."""
    sdist = environment.sdist(project, scratch / "sdist")
    pip = [environment.python, "-m", "pip", "wheel", "--no-deps", "--find-links", cython_ufunc]
    run(*pip, "-w", scratch / "wheel", sdist)
    return only(scratch / "wheel", "*.whl")


def check_wheel(wheel: Path, clean_python: str, scratch: Path) -> None:
    """Calls the package in a clean environment, as it was built and after auditwheel's repair."""
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    assert sorted(name.split(".")[0] for name in names) == ["mypkg/__init__", "mypkg/fastmath"], names
    call = CALL.format(one_more=2.0, even=[0, 2, 4])
    call_in_clean_environment(scratch / "clean", clean_python, [wheel], call)
    print(f"sdist -> {wheel.name}: works in a clean environment")
    if sys.platform != "linux":
        print("Not tested: auditwheel, which is for Linux")
        return
    repaired = repair(wheel, scratch / "repaired")
    libraries = [name for name in zipfile.ZipFile(repaired).namelist() if name.startswith("mypkg.libs/libgomp")]
    assert libraries, "auditwheel put no OpenMP library into the wheel"
    its_own = 'assert "mypkg.libs/libgomp" in open("/proc/self/maps").read(), "another OpenMP library is loaded"'
    call_in_clean_environment(scratch / "clean-repaired", clean_python, [repaired], call + its_own)
    print(f"auditwheel -> {repaired.name}: works in a clean environment, with the OpenMP library in it")


def check_editable(project: Path, environment: Environment) -> None:
    """Edits sources of an editable install: the next import builds, and sees each edit."""
    settings = ["-C", "editable.rebuild=true", "-C", "build-dir=build/{wheel_tag}"]
    environment.install(*settings, "--editable", project)
    environment.call(CALL.format(one_more=2.0, even=[0, 2, 4]))
    source = project / "src" / "mypkg" / "fastmath.pyx"
    source.write_text(source.read_text().replace("return x + 1.0", "return x + 10.0"))
    environment.call(CALL.format(one_more=11.0, even=[0, 2, 4]))
    helper = source.with_name("helpers.cpp")
    helper.write_text(helper.read_text().replace("PyArray_Arange(0, 2.0 *", "PyArray_Arange(2, 2 + 2.0 *"))
    environment.call(CALL.format(one_more=11.0, even=[2, 4, 6]))
    print("pip install --editable: edits of the .pyx and of the helper are seen at the next import")


def main() -> None:
    """Runs all the ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--clean-python", required=True)
    parser.add_argument("--cython-ufunc", type=Path, required=True)
    options = parser.parse_args()
    scratch = options.scratch.resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    project = copy_project(HERE, scratch / "project", "scikit-build-core")
    environment = Environment(scratch / "environment")
    environment.install(only(options.cython_ufunc, "cython_ufunc-*.whl"))

    wheel = build(project, environment, options.cython_ufunc, scratch)
    check_wheel(wheel, options.clean_python, scratch)
    check_editable(project, environment)


main()
