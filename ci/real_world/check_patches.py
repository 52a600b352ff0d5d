# SPDX-License-Identifier: BSD-3-Clause
"""Applies the patches of ci/real-world to a released package and configures it.

Usage: check_patches.py <scratch folder> <package> [--configure-with <meson or cmake> --python <interpreter>]
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "ci"))

from common.fetch_sdist import fetch_sdist  # noqa: E402

from real_world.projects import CONVERTED, PROJECTS, SHARED  # noqa: E402
from real_world.variant import HERE, apply_patches, copy_ours  # noqa: E402

# A conversion is a small change.
LONGEST = {"scikit-image.patch": 59, "sisl.patch": 75}
# Stands for Pythran, which is not needed to configure.
NATIVE_FILE = """[binaries]
python = '{python}'
pythran = '{python}'

[properties]
pythran-include-dir = '{headers}'
"""


def configure_with_meson(meson: str, python: str, tree: Path) -> None:
    copy_ours(tree / "subprojects" / "cython-ufunc")
    native = tree / "native.ini"
    headers = tree.with_name("pythran")
    headers.mkdir(exist_ok=True)
    native.write_text(NATIVE_FILE.format(python=python, headers=headers))
    subprocess.run([meson, "setup", tree / "build", tree, "--native-file", native], check=True)


def configure_with_cmake(cmake: str, python: str, tree: Path) -> None:
    copy_ours(tree / "cython-ufunc")
    config = tree / "config"
    config.mkdir()
    (config / "CythonUfuncConfig.cmake").write_text(f'include("{tree}/cython-ufunc/cmake/CythonUfunc.cmake")\n')
    (config / "CythonUfuncConfigVersion.cmake").write_text("set(PACKAGE_VERSION_COMPATIBLE TRUE)\n")
    values = {
        "CythonUfunc_DIR": config,
        "Python_EXECUTABLE": python,
        "SKBUILD_PROJECT_NAME": "sisl",
        "WITH_FORTRAN": "OFF",
    }
    settings = [f"-D{name}={value}" for name, value in values.items()]
    subprocess.run([cmake, "-G", "Ninja", "-S", tree, "-B", tree / "build", *settings], check=True)


parser = argparse.ArgumentParser(usage=__doc__)
parser.add_argument("scratch", type=Path)
parser.add_argument("package")
parser.add_argument("--configure-with")
parser.add_argument("--python")
options = parser.parse_args()

if options.python:  # as in an environment that is active: the packages look for the command cython, too
    os.environ["PATH"] = f"{Path(options.python).parent}{os.pathsep}{os.environ['PATH']}"
project = PROJECTS[options.package]
source = fetch_sdist(project.name, project.archive, project.sha256, ROOT / ".cache" / project.name)
tree = options.scratch / project.name
shutil.rmtree(tree, ignore_errors=True)
shutil.copytree(source, tree, ignore=shutil.ignore_patterns("tests", "doc", "docs"))
for name in project.patches(SHARED):
    length = len((HERE / name).read_text().splitlines())
    assert length <= LONGEST.get(name, 30), f"{name} has {length} lines"
apply_patches(project.patches(SHARED), tree)
assert len(project.patches(CONVERTED)) == 1
print(f"{project.patches(SHARED)} apply to {project.stem}")
if options.configure_with and project.vendored:
    configure_with_meson(options.configure_with, options.python, tree)
elif options.configure_with:
    configure_with_cmake(options.configure_with, options.python, tree)
