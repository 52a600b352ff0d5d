"""Builds and installs a copy of this package by pip, in the ways that there are, and calls it.

Usage: check.py <scratch folder> --clean-python <interpreter>
  Runs in an environment that has meson-python. <interpreter> is of another that has NumPy and nothing to build with.
"""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENDORED = ["LICENSE", "meson", "meson.build", "meson.options", "runtime", "templates", "transpiler"]
CALL = "import mypkg; assert list(mypkg.add_one([1.0])) == [{result}] and list(mypkg.zeros(2)) == [0.0, 0.0]; print('called')"


def run(*command: object, **variables: str) -> str:
    """Runs a command in no folder of interest; returns its output."""
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **variables}
    result = subprocess.run(
        [str(word) for word in command],
        cwd="/",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert result.returncode == 0, f"{command}: exit code {result.returncode}\n{result.stdout}"
    return result.stdout


def make_project(folder: Path) -> Path:
    """A copy of this project with cython-ufunc vendored."""
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    vendored = folder / "subprojects" / "cython-ufunc"
    vendored.mkdir(parents=True)
    for name in VENDORED:
        if (ROOT / name).is_file():
            shutil.copy2(ROOT / name, vendored)
        else:
            shutil.copytree(ROOT / name, vendored / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def make_environment(folder: Path) -> Path:
    """A new environment that sees the packages of this one; returns its interpreter."""
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(site, "outer.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def main() -> None:
    """Runs all the ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--clean-python", required=True)
    options = parser.parse_args()
    scratch = options.scratch.resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    project = make_project(scratch / "project")
    python = make_environment(scratch / "environment")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    # With build isolation: pip installs what pyproject.toml requires.
    wheels = scratch / "wheels"
    run(python, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", wheels, project)
    wheel = next(wheels.glob("mypkg-1.0-*.whl"))
    names = [Path(name) for name in zipfile.ZipFile(wheel).namelist() if ".dist-info" not in name]
    assert sorted(name.name.split(".")[0] for name in names) == ["__init__", "fastmath"], names

    site = scratch / "site"
    run(options.clean_python, "-m", "pip", "install", "--no-deps", "--no-index", "--target", site, wheel)
    in_clean = "import importlib.util as u; assert not u.find_spec('Cython') and not u.find_spec('mesonpy'); "
    run(options.clean_python, "-c", in_clean + CALL.format(result=2.0), PYTHONPATH=str(site))
    print("pip wheel: the wheel works in a clean environment")

    pip = [python, "-m", "pip", "install", "--no-deps", "--no-build-isolation"]
    run(*pip, project, PATH=path)
    run(python, "-c", CALL.format(result=2.0))
    run(python, "-m", "pip", "uninstall", "--yes", "mypkg")
    print("pip install: the package works")

    run(*pip, "--editable", project, PATH=path)
    run(python, "-c", CALL.format(result=2.0), PATH=path)
    source = project / "src" / "mypkg" / "fastmath.pyx"
    source.write_text(source.read_text().replace("return x + 1.0", "return x + 10.0"))
    run(python, "-c", CALL.format(result=11.0), PATH=path)
    print("pip install --editable: an edit of the .pyx is seen at the next import")


main()
