# SPDX-License-Identifier: BSD-3-Clause
"""Builds the sdist, and the wheel from it; looks at what they have in them; and installs the wheel.

Usage: check_build.py <scratch folder>
  The wheel is left in <scratch folder>/dist, and installed in <scratch folder>/site.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Dict, List

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "transpiler"))
from cython_ufunc import tree  # noqa: E402

VERSION_FILE = "transpiler/cython_ufunc/VERSION"
VERSION = (ROOT / VERSION_FILE).read_text().strip()
TREE = "cython_ufunc/share/CythonUfunc/"
GENERATED = {f"{TREE}cmake/CythonUfuncConfig.cmake", f"{TREE}cmake/CythonUfuncConfigVersion.cmake"}


def run(*command: object, **variables: str) -> str:
    """Runs a command in no folder of interest; returns its output."""
    result = subprocess.run(
        [str(word) for word in command],
        cwd="/",
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert result.returncode == 0, f"{command}: exit code {result.returncode}\n{result.stdout}"
    return result.stdout


def source_files() -> List[str]:
    """The files under version control, or not ignored by it."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode().split("\0")
    return [name for name in names if (ROOT / name).is_file()]


def read_wheel(path: Path) -> Dict[str, bytes]:
    """The files of a wheel."""
    with zipfile.ZipFile(path) as wheel:
        return {name: wheel.read(name) for name in wheel.namelist()}


def check_sdist(path: Path, sources: List[str]) -> None:
    """The sdist has each file of the source tree, and no other."""
    with tarfile.open(path) as sdist:
        names = {name.partition("/")[2] for name in (member.name for member in sdist if member.isfile())}
    assert names == {*sources, "PKG-INFO"}, names ^ {*sources, "PKG-INFO"}
    print(f"sdist: the {len(sources)} files of the source tree")


def check_wheel(path: Path, sources: List[str]) -> None:
    """The wheel has the package, and the tree that builds need, as they are in the source tree."""
    assert path.name == f"cython_ufunc-{VERSION}-py3-none-any.whl", path.name
    found = read_wheel(path)
    info = f"cython_ufunc-{VERSION}.dist-info/"
    shipped = set(tree.shipped_files())
    expected = {}
    for name in sources:
        content = (ROOT / name).read_bytes()
        if name.startswith("transpiler/cython_ufunc/"):
            expected[name[len("transpiler/") :]] = content
        if name in shipped:
            expected[TREE + name] = content
    assert {"CMakeLists.txt", "meson.build", "transpiler/cython_ufunc_main.py"} < shipped
    assert not any(name.startswith(("ci/", "transpiler/tests/", "transpiler/cython_ufunc/doctor/")) for name in shipped)
    others = {name: content for name, content in found.items() if name not in GENERATED and not name.startswith(info)}
    assert others.keys() == expected.keys(), others.keys() ^ expected.keys()
    assert others == expected, [name for name in expected if others[name] != expected[name]]
    assert found.keys() > GENERATED
    assert "cython_ufunc/py.typed" in found
    metadata = found[info + "METADATA"].decode()
    assert f"\nVersion: {VERSION}\n" in metadata, metadata
    assert "\nRequires-Python: >=3.8\n" in metadata, metadata
    # What people run may have more; what builds need is in the wheel.
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist:")]
    assert all("; extra ==" in line for line in required), required
    assert "LICENSE" in {Path(name).name for name in found if name.startswith(info)}
    print(f"wheel: {len(found)} files, for any machine and any Python 3")


def check_version_in_one_place(sdist: Path, scratch: Path) -> None:
    """Where VERSION says otherwise, so do the wheel, the command line, CMake and Meson."""
    with tarfile.open(sdist) as archive:
        for member in archive:
            archive.extract(member, scratch)
    source = scratch / f"cython_ufunc-{VERSION}"
    (source / VERSION_FILE).write_text("7.8.9\n")
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", scratch, source)
    site = install(scratch / "cython_ufunc-7.8.9-py3-none-any.whl", scratch / "site")
    assert run(sys.executable, "-m", "cython_ufunc", "--version", PYTHONPATH=str(site)) == "7.8.9\n"
    config_version = (site / TREE / "cmake" / "CythonUfuncConfigVersion.cmake").read_text()
    assert 'set(PACKAGE_VERSION "7.8.9")' in config_version, config_version
    project = scratch / "project"
    shutil.copytree(site / TREE, project / "subprojects" / "cython-ufunc")
    (project / "meson.build").write_text("project('sample', 'c', 'cpp')\nsubproject('cython-ufunc')\n")
    meson = [sys.executable, "-m", "mesonbuild.mesonmain"]
    run(*meson, "setup", project / "build", project)
    subproject = json.loads(run(*meson, "introspect", "--projectinfo", project / "build"))["subprojects"][0]
    assert subproject["version"] == "7.8.9", subproject
    print("version: in one place")


def install(wheel: Path, site: Path) -> Path:
    """Installs a wheel into the new folder `site`, and returns that."""
    run(sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", site, wheel)
    return site


def check_installed(site: Path) -> None:
    """The command line of the installed package, and what scikit-build-core asks of it."""
    path = {"PYTHONPATH": str(site)}
    script = site / "bin" / "cython-ufunc"
    for command in ([sys.executable, "-m", "cython_ufunc"], [sys.executable, script]):
        assert run(*command, "--version", **path) == f"{VERSION}\n"
    folder = Path(run(sys.executable, "-m", "cython_ufunc", "--cmake-dir", **path).strip())
    assert folder == site / TREE / "cmake" and (folder / "CythonUfuncConfig.cmake").is_file(), folder
    assert '"CYTHON_VERSION"' in run(sys.executable, script, "probe", **path)
    entries = (
        "import sys; from pathlib import Path; from importlib.metadata import entry_points; "
        "from scikit_build_core.builder.builder import _sanitize_path; from importlib.resources import files; "
        "print(*(path for entry in entry_points(group=sys.argv[1]) if entry.name == 'CythonUfunc' "
        "for path in _sanitize_path(files(entry.load()))), sep='\\n')"
    )
    for group, expected in {"cmake.prefix": site / "cython_ufunc", "cmake.module": folder}.items():
        assert run(sys.executable, "-c", entries, group, **path).strip() == str(expected), group
    print("installed: the command line and the entry points work")


def main(scratch: Path) -> None:
    """Runs all checks."""
    shutil.rmtree(scratch, ignore_errors=True)
    dist = scratch / "dist"
    # The wheel is built from the sdist.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", dist, ROOT)
    sdist, wheel = dist / f"cython_ufunc-{VERSION}.tar.gz", next(dist.glob("*.whl"))
    if (ROOT / ".git").exists():
        sources = source_files()
        check_sdist(sdist, sources)
        check_wheel(wheel, sources)
    else:
        print("Not tested: what the sdist and the wheel have in them, as this is no git repository")
    check_installed(install(wheel, scratch / "site"))
    check_version_in_one_place(sdist, scratch / "other version")


main(Path(sys.argv[1]).resolve())
