"""Has mypy check a user's code by the stubs that were installed, and its stubtest the stubs by the modules.

Usage: check.py <build directory> <command ...>
  <command> installs the project below the folder that is added to it
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Cython's own, which nobody calls: pickling, and what modules and types export in C.
ALLOWED = [r".*\.__(reduce|setstate)_cython__", r".*\.__pyx_\w+__", r".*\.__test__", r".*\.__reduce__"]


def run(*command, path, status=0):
    environment = {**os.environ, "PYTHONPATH": str(path), "MYPYPATH": str(path)}
    arguments = [str(argument) for argument in command]
    result = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert result.returncode == status, f"{arguments}: exit code {result.returncode}\n{result.stdout}"
    return result.stdout


def main():
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([*sys.argv[2:], scratch], check=True, stdout=subprocess.DEVNULL)
        package = next(Path(scratch).rglob("shapes.pyi")).parent
        names = {
            path.name.split(".")[0] + path.suffix for path in package.iterdir() if path.suffix in (".pyi", ".typed")
        }
        assert names == {"shapes.pyi", "base.pyi", "py.typed"}, names
        stub = (package / "shapes.pyi").read_text()
        print(stub)
        assert (package / "base.pyi").read_text() == (HERE / "src" / "mypkg" / "base.pyi").read_text()
        root = package.parent

        user = HERE / "user.py"
        cache = ["--cache-dir", Path(sys.argv[1]).resolve() / "mypy cache"]
        expected = {
            (number, found[1])
            for number, line in enumerate(user.read_text().split("\n"), start=1)
            for found in re.finditer(r"# error: ([\w-]+)", line)
        }
        output = run("-m", "mypy", "--strict", *cache, user, path=root, status=1)
        found = {
            (int(line), code)
            for line, code in re.findall(r"user\.py:(\d+): error: .*\[([\w-]+)\]$", output, re.MULTILINE)
        }
        assert found == expected, f"{output}\n{found}\n{expected}"
        run("-m", "mypy", "--strict", *cache, package / "shapes.pyi", path=root)

        allowed = root / "allowed.txt"
        allowed.write_text("\n".join(ALLOWED))
        stubtest = [
            "-m",
            "mypy.stubtest",
            "--ignore-disjoint-bases",
            "--ignore-unused-allowlist",
            "--allowlist",
            allowed,
            "mypkg",
        ]
        print(run(*stubtest, path=root))
        # It would notice.
        (package / "shapes.pyi").write_text(
            stub.replace("factor: float", "factors: float").replace("LIMIT: int", "LIMIT: str")
        )
        output = run(*stubtest, path=root, status=1)
        assert "mypkg.shapes.LIMIT" in output, output


main()
print("type-stubs: mypy knows the modules by their stubs, which are those of the modules")
