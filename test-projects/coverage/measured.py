"""What the checks share: coverage's commands, and the lines that they have to report."""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLUGIN = HERE.parent.parent / "transpiler"

# Each source's lines that ran, that did not, and that were left out.
EXPECTED = {
    "fastmath.pyx": (
        [9, 11, 13, 16, 17, 18, 24, 26, 27, 28, 31, 32, 39, 41, 46, 54],
        [12, 19, 20, 21, 42],
        [49, 50, 51],
    ),
    "more.pxi": ([2, 3], [4], []),
    "never.pyx": ([], [1, 2], []),
    "pure.py": ([1, 2, 4], [3], []),
    "sub/inline.pxd": ([2, 4], [3], []),
    "sub/shapes.pyx": ([1, 2, 4, 7, 8, 9], [3], []),
}
CONFIGURATION = """[run]
plugins = cython_ufunc.coverage_plugin
source = {source}

[cython_ufunc.coverage_plugin]
build_dirs = {build}
"""


class Coverage:
    """The `coverage` command of `python`, in a folder of its own; it finds modules in `python_path`, too."""

    def __init__(self, folder, source, build, python_path=(), python=sys.executable):
        self.folder = Path(folder)
        self.python = str(python)
        self.environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, python_path))}
        self.configure(CONFIGURATION.format(source=source, build=build))

    def configure(self, text):
        (self.folder / ".coveragerc").write_text(text)

    def __call__(self, *arguments, fails=False):
        command = [self.python, "-m", "coverage", *map(str, arguments)]
        result = subprocess.run(
            command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert (result.returncode != 0) == fails, f"{arguments}: exit code {result.returncode}\n{result.stdout}"
        return result.stdout

    def lines(self):
        """What the JSON report says of the sources in mypkg/."""
        self("json", "--quiet", "-o", "report.json")
        files = json.loads((self.folder / "report.json").read_text())["files"]
        found = {name.replace("\\", "/").split("src/mypkg/")[1]: report for name, report in files.items()}
        kinds = "executed_lines", "missing_lines", "excluded_lines"
        return {
            name: tuple(report[kind] for kind in kinds)
            for name, report in found.items()
            if any(report[kind] for kind in kinds)
        }


def check_lines(found):
    for name in {*found, *EXPECTED}:
        executed, missing, excluded = (set(lines) for lines in found.get(name, ([], [], [])))
        expected = [set(lines) for lines in EXPECTED.get(name, ([], [], []))]
        assert [executed - excluded, missing, excluded] == expected, f"{name}: {found.get(name)}"
