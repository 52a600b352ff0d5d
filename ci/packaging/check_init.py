# SPDX-License-Identifier: BSD-3-Clause
"""Makes a package by `cython-ufunc init`, and does with it what its workflow does, and what its README says.

Usage: check_init.py <scratch folder> cmake|meson --wheels <folder with the wheel of cython-ufunc>
  Runs in an environment that has the tools that build packages.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import List

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "ci"))

from testing.edits import replace

NAME = "sample-package"
EVENTS = "import sample_package; print(*sample_package.add_one([1.0]), *sample_package.even_numbers(2))"


class Shell:
    """Runs commands in an environment with cython-ufunc, which sees the packages of this one."""

    def __init__(self, folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
        self.python = folder / "bin" / "python"
        site = self._output("-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
        Path(site, "outer.pth").write_text(sysconfig.get_path("purelib") + "\n")
        for name, module in {"pip": "pip", "pytest": "pytest"}.items():
            script = self.python.with_name(name)
            script.write_text(f'#!/bin/sh\nexec "{self.python}" -m {module} "$@"\n')
            script.chmod(0o755)
        outer = Path(sys.executable).parent
        self.variables = {
            **os.environ,
            "PATH": os.pathsep.join([str(self.python.parent), str(outer), os.environ["PATH"]]),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        for name in ("CMAKE_PREFIX_PATH", "CythonUfunc_DIR", "PYTHONPATH"):
            self.variables.pop(name, None)

    def _output(self, *arguments: str) -> str:
        return subprocess.check_output([str(self.python), *arguments], text=True).strip()

    def run(self, command: str, cwd: Path, fails: bool = False) -> str:
        """Runs a line of a shell; returns its output. It has to fail where `fails`."""
        result = subprocess.run(
            ["sh", "-e", "-c", command],
            cwd=cwd,
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert (result.returncode != 0) == fails, f"{command}: exit code {result.returncode}\n{result.stdout}"
        return result.stdout


def workflow_commands(workflow: Path) -> List[str]:
    """The commands of a workflow's steps."""
    found = re.findall(r"^ +(?:- )?run: (.+)$", workflow.read_text(), re.MULTILINE)
    assert found, workflow
    return found


def readme_blocks(readme: Path) -> List[str]:
    """The blocks of commands in a README."""
    return re.findall(r"^```sh\n(.*?)^```$", readme.read_text(), re.MULTILINE | re.DOTALL)


def main() -> None:
    """Runs all checks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("build_system", choices=["cmake", "meson"])
    parser.add_argument("--wheels", type=Path, required=True)
    options = parser.parse_args()
    scratch = options.scratch.resolve() / options.build_system
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    shell = Shell(scratch / "environment")
    wheels = options.wheels.resolve()
    # Nothing but this line knows where the wheel is: a new package has what it needs with it.
    shell.run(f'pip install --no-deps --no-index --find-links "{wheels}" cython-ufunc', scratch)

    shell.run(f"cython-ufunc init --{options.build_system} {NAME}", scratch)
    project = scratch / NAME
    own = [path for path in project.rglob("*") if "third_party" not in path.parts]
    leftover = [path for path in own if re.search(r"template.package|@[A-Z]+@", str(path))]
    texts = [path for path in own if path.is_file() and path.suffix != ".gz"]
    leftover += [path for path in texts if re.search(r"template.package|@[A-Z]+@", path.read_text())]
    assert not leftover, leftover

    git = "git -c user.name=test -c user.email=test@example.invalid"
    shell.run(f"{git} init --quiet && {git} add --all && {git} commit --quiet --message=Begin", project)

    workflow = project / ".github" / "workflows" / "ci.yml"
    shell.run(f'check-jsonschema --builtin-schema vendor.github-workflows "{workflow}"', scratch)
    for command in workflow_commands(workflow):
        output = shell.run(command, project)
        assert "3 passed" in output, output
    print("init: the new package passes its CI")

    # A test that fails has CI fail.
    test = project / "tests" / "test_fastmath.py"
    good = test.read_text()
    test.write_text(good.replace("[2.0, 3.0]", "[2.0, 4.0]"))
    installed = project / "build" / "ci" / "bin" / "python"
    shell.run(f'"{installed}" -m pytest tests', project, fails=True)
    test.write_text(good)

    develop = [block for block in readme_blocks(project / "README.md") if "--editable" in block]
    shell.run("\n".join(develop), project)
    status = shell.run("git status --porcelain", project)
    assert not status, f"builds leave files that .gitignore does not name:\n{status}"
    assert shell.run(f'python -c "{EVENTS}"', scratch).split()[-3:] == ["2.0", "0", "2"]
    source = project / "src" / "sample_package" / "fastmath.pyx"
    replace(source, "return x + 1.0", "return x + 10.0")
    assert shell.run(f'python -c "{EVENTS}"', scratch).split()[-3:] == ["11.0", "0", "2"]
    replace(source.with_name("helpers.cpp"), "2 * index", "2 * index + 1")
    assert shell.run(f'python -c "{EVENTS}"', scratch).split()[-3:] == ["11.0", "1", "3"]
    print("init: the editable install of the README builds each edit")


main()
