# SPDX-License-Identifier: BSD-3-Clause
"""A step makes the same whatever the locale is, and whatever the flags of the interpreter."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Tuple

import pytest
from support import PROGRAM

SOURCE = "# cython: language_level=3\ncimport numpy as np\n\ndef size(np.ndarray array):\n    return np.PyArray_SIZE(array)\n"
# Python makes UTF-8 of the locale C, unless it is told not to.
PLAIN_C = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def transpile(folder: Path, variables: Dict[str, str], flags: List[str]) -> Tuple[bytes, bytes]:
    """The body and the shim of a module `modé` in a folder with such a name."""
    source = folder / "dossier é" / "modé.pyx"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE, "utf-8")
    body, shim = source.with_suffix(".c"), source.with_name("modé_init.cpp")
    arguments = source.with_name("arguments")
    arguments.write_text(f"{source}\n--module-name=modé\n--body={body}\n--shim={shim}\n", "utf-8")
    command = [sys.executable, *flags, str(PROGRAM), "transpile", f"@{arguments}"]
    ran = subprocess.run(command, env={**os.environ, **variables}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert ran.returncode == 0, ran.stdout.decode("utf-8", "replace")
    return body.read_bytes(), shim.read_bytes()


@pytest.fixture
def expected(tmp_path: Path) -> Tuple[bytes, bytes]:
    """What a step makes in UTF-8."""
    return transpile(tmp_path / "expected", {"PYTHONUTF8": "1"}, [])


@pytest.mark.parametrize("flags", [[], ["-I"], ["-E"], ["-O"], ["-OO", "-s"]], ids=" ".join)
def test_flags(flags: List[str], tmp_path: Path, expected: Tuple[bytes, bytes]) -> None:
    """Flags of the interpreter change nothing."""
    assert transpile(tmp_path / "flags", {}, flags) == expected


def test_safe_path(tmp_path: Path, expected: Tuple[bytes, bytes]) -> None:
    """Nor does PYTHONSAFEPATH, which takes the program's folder out of sys.path."""
    assert transpile(tmp_path / "safe", {"PYTHONSAFEPATH": "1"}, []) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="names are UTF-16 there")
def test_locale_c(tmp_path: Path, expected: Tuple[bytes, bytes]) -> None:
    """Nor does a locale without letters beyond ASCII."""
    assert transpile(tmp_path / "c", PLAIN_C, []) == expected
    assert transpile(tmp_path / "isolated", {"LC_ALL": "C"}, ["-I", "-X", "utf8=0"]) == expected


@pytest.mark.skipif(not shutil.which("localedef"), reason="there is no localedef to make a Latin-1 locale")
def test_locale_latin_1(tmp_path: Path, expected: Tuple[bytes, bytes]) -> None:
    """Nor does a locale in which the same bytes are other letters."""
    locales = tmp_path / "locales"
    locales.mkdir()
    made = subprocess.run(["localedef", "-f", "ISO-8859-1", "-i", "en_US", str(locales / "en_US.ISO-8859-1")])
    if made.returncode > 1:  # 1 is a warning
        pytest.skip("localedef lacks the sources of locales")
    variables = {"LOCPATH": str(locales), "LC_ALL": "en_US.ISO-8859-1"}
    assert transpile(tmp_path / "latin-1", variables, []) == expected
