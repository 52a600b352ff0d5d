"""Builds a copy of this folder in its own source directory, twice, and calls the modules; no file of the project may change.

Usage: check.py <scratch folder> -- <arguments of cmake>
"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CALL = (
    "import numpy; from mypkg import made, sums; "
    "assert sums.total(numpy.arange(4.0)) == 6.0; assert (made.first(), made.second()) == ('first', 'second')"
)


def main(scratch: Path, arguments: "list[str]") -> None:
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(HERE, scratch, ignore=shutil.ignore_patterns("check.py", "tests.cmake"))
    before = {path: path.read_bytes() for path in scratch.rglob("*") if path.is_file()}
    for attempt in ("first", "second"):
        subprocess.run(["cmake", *arguments, "-S", scratch, "-B", scratch], check=True, stdout=subprocess.DEVNULL)
        built = subprocess.run(["cmake", "--build", scratch], check=True, stdout=subprocess.PIPE, text=True).stdout
        subprocess.run([sys.executable, "-c", CALL], check=True, cwd=scratch)
        changed = [path for path, content in before.items() if path.read_bytes() != content]
        assert not changed, f"changed by the {attempt} build: {changed}"
    assert "Linking" not in built, f"the second build links again:\n{built}"
    assert (scratch / "mypkg" / "made.pyi").is_file()
    print("built twice in the source directory; no file of the project changed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[3:])
