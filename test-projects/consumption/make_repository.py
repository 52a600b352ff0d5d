"""Makes a git repository of what git would have of a working tree, uncommitted changes included.

Usage: make_repository.py <working tree> <repository>
"""

import shutil
import subprocess
import sys
from pathlib import Path


def main(tree: Path, repository: Path) -> None:
    """Copies the files that git does not ignore, and commits them on `main`."""
    listed = subprocess.run(
        ["git", "-C", str(tree), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    # Its history stays: a clone of an earlier run has to be able to follow.
    for path in repository.glob("*"):
        if path.name == ".git":
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    for name in filter(None, listed.decode().split("\0")):
        if (tree / name).is_file():
            (repository / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(tree / name, repository / name)
    git = ["git", "-C", str(repository), "-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--allow-empty", "--message=Snapshot"], check=True)


main(Path(sys.argv[1]), Path(sys.argv[2]))
