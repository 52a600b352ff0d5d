# SPDX-License-Identifier: BSD-3-Clause
"""The executables that Meson makes of the transpiler, in a folder with an apostrophe in its name."""

import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

# What meson.build writes for an apostrophe.
APOSTROPHES = {"sh": "'\\''", "py": "'"}


@pytest.mark.parametrize("kind", APOSTROPHES)
def test_apostrophe(kind: str, tmp_path: Path) -> None:
    """The launcher runs the transpiler with its arguments, and adds the folder of NumPy's declarations."""
    folder = tmp_path / "it's here"
    folder.mkdir()
    python = folder / "python"
    python.symlink_to(sys.executable)
    transpiler = folder / "program.py"
    transpiler.write_text("import sys\nprint(sys.argv[1:])\n")
    text = (ROOT / "meson" / f"cython-ufunc.{kind}.in").read_text()
    for name, value in (("PYTHON", python), ("TRANSPILER", transpiler), ("NUMPY_SITE", folder)):
        text = text.replace(f"@{name}@", str(value).replace("'", APOSTROPHES[kind]))
    launcher = tmp_path / f"launcher.{kind}"
    launcher.write_text(text)
    command = [sys.executable if kind == "py" else "sh", str(launcher), "transpile", "a b"]
    printed = subprocess.check_output(command, text=True)
    assert printed.strip() == str(["transpile", "a b", f"--include-directory={folder}"])
