"""Builds and installs a copy of this package in the ways that there are with meson-python, and calls it.

Usage: check.py <scratch folder> --clean-python <interpreter> --cython-ufunc <folder with its wheel>
  Runs in an environment that has what builds packages. <interpreter> is of another that has NumPy alone.
"""

import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "ci"))

from testing.packages import Environment, call_and_repair, commit, copy_project, files_of, only, read_arguments, run  # noqa: E402

CALL = "import mypkg; assert list(mypkg.add_one([1.0])) == [{one_more}] and list(mypkg.zeros({size})) == [0.0, 0.0]\n"


def build(project: Path, environment: Environment, scratch: Path) -> Path:
    """Builds the sdist, and from it the wheel, for which pip installs what pyproject.toml requires."""
    commit(project)
    sdist = environment.sdist(project, scratch / "sdist")
    with tarfile.open(sdist) as archive:
        assert "mypkg-1.0/subprojects/cython-ufunc.wrap" in archive.getnames(), archive.getnames()
    run(environment.python, "-m", "pip", "wheel", "--no-deps", "-w", scratch / "wheel", sdist)
    return only(scratch / "wheel", "*.whl")


def check_wheel(wheel: Path, clean_python: str, scratch: Path) -> None:
    """Calls the package in a clean environment, as it was built and after auditwheel's repair."""
    names = files_of(wheel)
    assert [name.split(".")[0] for name in names] == ["mypkg/__init__", "mypkg/fastmath"], names
    call_and_repair(wheel, scratch, clean_python, CALL.format(one_more=2.0, size=2))


def check_editable(project: Path, environment: Environment) -> None:
    """Edits sources of an editable install: the next import builds, and sees each edit."""
    environment.install("--editable", project)
    environment.call(CALL.format(one_more=2.0, size=2))
    source = project / "src" / "mypkg" / "fastmath.pyx"
    source.write_text(source.read_text().replace("return x + 1.0", "return x + 10.0"))
    environment.call(CALL.format(one_more=11.0, size=2))
    helper = source.with_name("helpers.cpp")
    helper.write_text(helper.read_text().replace("shape = size", "shape = size - 1"))
    environment.call(CALL.format(one_more=11.0, size=3))
    print("pip install --editable: edits of the .pyx and of the helper are seen at the next import")


def main() -> None:
    """Runs all the ways."""
    scratch, clean_python, cython_ufunc = read_arguments(__doc__)
    project = copy_project(HERE, scratch / "project", "meson-python")
    with_cython_ufunc = Environment(scratch / "with-cython-ufunc")
    with_cython_ufunc.install(only(cython_ufunc, "cython_ufunc-*.whl"))
    with_cython_ufunc.cython_ufunc("wrap", project)

    # From here on, there is only what the command wrote.
    environment = Environment(scratch / "environment")

    wheel = build(project, environment, scratch)
    check_wheel(wheel, clean_python, scratch)
    check_editable(project, environment)


main()
