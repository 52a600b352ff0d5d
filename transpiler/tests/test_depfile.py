# SPDX-License-Identifier: BSD-3-Clause
"""The names of files in depfiles."""

import ntpath
import os
from types import SimpleNamespace

import pytest
from cython_ufunc import files, step


def test_target_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stamp is named relative to the build directory, which CMake writes with slashes: Ninja knows it by that name.

    All ways to do a step end as this one does: another name than before would have Ninja run the step for ever.
    """
    windows = SimpleNamespace(path=ntpath, curdir=".", fspath=os.fspath, fsencode=os.fsencode)
    monkeypatch.setattr(step, "os", windows)
    monkeypatch.setattr(files, "os", windows)
    arguments = ["C:/src/m.pyx", "--body=C:/build/m.c", "--depfile=C:/build/m.d", "--stamp=C:/build/m.stamp"]
    read = step.Step.read(["transpile", *arguments, "--depfile-root=C:/build"])
    assert read and read.stamp
    content = files.depfile_content(read.stamp, [read.source, "C:\\build\\made.pxd"], read.depfile_root)
    assert content.decode().split() == ["m.stamp:", "\\", "C:\\build\\made.pxd"[9:], "\\", "C:\\src\\m.pyx"]
