"""Measures the coverage of the modules by coverage's own commands, and reads its reports.

Usage: check.py <build directory> [--install <command> ...]
  <command> installs the project below the folder that is added to it; without it, only what was built is measured
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measured import CONFIGURATION, HERE, PLUGIN, Coverage, check_lines

BUILD = Path(sys.argv[1]).resolve()
# Meson builds a copy.
PROJECT = BUILD.parent / "source" if (BUILD.parent / "source").is_dir() else HERE


def check_reports(coverage):
    """The reports that people read."""
    report = coverage("report", "--show-missing")
    assert re.search(r"mypkg/fastmath\.pyx +21 +5 +76% +12, 19-21, 42\n", report), report
    assert re.search(r"mypkg/sub/shapes\.pyx +7 +1 +86% +3\n", report), report
    coverage("xml", "--quiet")
    xml = (coverage.folder / "coverage.xml").read_text()
    shapes = re.search(r'<class name="shapes\.pyx".*?</class>', xml, re.DOTALL)[0]
    assert re.findall(r'<line number="(\d+)" hits="(\d)"/>', shapes) == [
        (line, "0" if line == "3" else "1") for line in "1234789"
    ], shapes
    coverage("html", "--quiet")
    pages = [path.read_text() for path in (coverage.folder / "htmlcov").glob("*fastmath_pyx.html")]
    assert len(pages) == 1 and re.search(r'<p class="mis[^"]*">.*id="t20"', pages[0]), (
        "no page with line 20 marked as missing"
    )
    return report


def check_mistakes(coverage):
    """Options that make no sense, a build directory without maps, and an edit after the build."""
    coverage.configure(CONFIGURATION.format(source=PROJECT / "src", build="nowhere"))
    output = coverage("run", HERE / "tests.py", fails=True)
    assert re.search(r"build_dirs names \S+nowhere, which is no folder\. Name the build directory\.", output), output
    coverage.configure(CONFIGURATION.format(source=PROJECT / "src", build=BUILD).replace("build_dirs", "builddir"))
    output = coverage("run", HERE / "tests.py", fails=True)
    assert "has no option 'builddir', only 'build_dirs'. Did you mean 'build_dirs'? Leave it out." in output, output
    (coverage.folder / "empty").mkdir()
    coverage.configure(CONFIGURATION.format(source=PROJECT / "src", build="empty"))
    output = coverage("report", fails=True)
    assert re.search(r"no map of .+ \(\.cython_coverage\.json\) in \S+empty and below\.", output), output
    output = coverage("run", HERE / "tests.py")
    assert re.search(
        r"no map of .+ \(\.cython_coverage\.json\) in \S+empty and below: its lines are not meas", output
    ), output

    # Copies, so that what others build stays as it is.
    maps = sorted(BUILD.rglob("*.cython_coverage.json"))
    assert len(maps) == 4, maps
    for path in maps:
        shutil.copy(path, coverage.folder / "empty")
        os.utime(coverage.folder / "empty" / path.name, (1, 1))
    (coverage.folder / "empty" / "broken.cython_coverage.json").write_text("{")
    (coverage.folder / "empty" / "older.cython_coverage.json").write_text('{"format": 0}')
    coverage("run", HERE / "tests.py")
    output = coverage("report")
    assert re.search(r"fastmath\.pyx was edited after mypkg\.fastmath was built\. Build again\.", output), output
    assert re.search(
        r"broken\.cython_coverage\.json cannot be read \(\S+: .*\), and is not used\. Build again\.", output
    ), output
    assert re.search(r"older\.cython_coverage\.json is of another version of cython-ufunc, and not used\.", output), (
        output
    )


def main():
    packages = next(path.parent.parent for path in BUILD.rglob("fastmath.*") if path.suffix in (".so", ".pyd"))
    modules = {"built": packages}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        if sys.argv[3:]:
            installed = scratch / "installed"
            subprocess.run([*sys.argv[3:], str(installed)], check=True, stdout=subprocess.DEVNULL)
            modules["installed"] = next(installed.rglob("fastmath.*")).parent.parent
        for what, path in modules.items():
            (scratch / what).mkdir(exist_ok=True)
            coverage = Coverage(scratch / what, PROJECT / "src", BUILD, [PLUGIN, path])
            assert "tests passed" in coverage("run", HERE / "tests.py")
            check_lines(coverage.lines())
            report = check_reports(coverage)
            print(f"The modules {what}:\n{report}")
        coverage("run", "--branch", HERE / "tests.py")
        check_lines(coverage.lines())
        check_mistakes(coverage)


main()
print("coverage: the lines of .pyx, .pxd, .pxi and .py are reported as they ran")
