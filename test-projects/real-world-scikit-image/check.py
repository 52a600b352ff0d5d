"""Compares scikit-image's wheel with a copy of it that has the modules built here instead of the wheel's.

Usage: check.py <build directory> <number of modules>

Both run the calls of calls.py, each in a process of its own.
"""

import os
import pickle
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Dict, List, Tuple

import numpy as np

SUFFIX = str(sysconfig.get_config_var("EXT_SUFFIX"))
BUILD_DIR = Path(sys.argv[1])
EXPECTED_COUNT = int(sys.argv[2])


def wheel_package() -> Path:
    """The package of the installed wheel."""
    spec = find_spec("skimage")
    assert spec and spec.origin
    return Path(spec.origin).parent


def copy_with_built_modules(folder: Path, modules: Dict[str, Path]) -> Path:
    """A copy of the wheel's package in `folder`, with the built modules instead of its own; returns the package."""
    package = folder / "skimage"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(wheel_package(), package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, file in modules.items():
        place = package.joinpath(*name.split(".")).with_name(file.name)
        assert place.is_file(), f"the wheel has no {name}"
        shutil.copyfile(file, place)
    return package


def run_calls(package: Path, names: List[str]) -> Dict[str, Dict[str, Any]]:
    """What calls.py stored of the modules `names` of `package`."""
    results = BUILD_DIR / "results.pickle"
    script = Path(__file__).with_name("calls.py")
    environment = {**os.environ, "PYTHONPATH": str(package.parent)}
    subprocess.run([sys.executable, str(script), str(package), str(results), *names], env=environment, check=True)
    stored: Dict[str, Dict[str, Any]] = pickle.loads(results.read_bytes())
    return stored


def symbols(file: Path, *options: str) -> List[Tuple[str, str]]:
    """The symbols that the shared library `file` defines, each with its kind, by nm."""
    command = ["nm", "--defined-only", "--format=posix", *options, str(file)]
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [(line.split()[0], line.split()[1]) for line in output.splitlines()]


def check_symbols(name: str, file: Path) -> None:
    """Fails unless the module starts in the init shim, and exports its PyInit_ function and nothing else."""
    assert ("cython_ufunc_init_module", "t") in symbols(file), f"{file} has no init shim"
    # What C++ templates of the standard library leave is weak (W, V) or unique (u); libstdc++ makes it visible, whatever
    # the visibility asked for.
    found = [
        symbol
        for symbol, kind in symbols(file, "--dynamic")
        if not (kind in "WVu" and symbol.startswith("_Z") and "St" in symbol)
    ]
    assert found == ["PyInit_" + name.rpartition(".")[2]], f"{file} exports {found}"


def assert_equal(ours: Any, wheels: Any, where: str) -> None:
    """Raises AssertionError unless both have the same types and, exactly, the same values.

    No tolerance is needed for other compiler flags: on x86-64 they do not change what floating-point code computes,
    short of those that allow it explicitly.
    """
    assert type(ours) is type(wheels), f"{where}: {type(ours)} and {type(wheels)}"
    if isinstance(wheels, (list, tuple)):
        assert len(ours) == len(wheels), f"{where}: {len(ours)} and {len(wheels)} items"
        for index, (our, theirs) in enumerate(zip(ours, wheels)):
            assert_equal(our, theirs, f"{where}[{index}]")
    elif isinstance(wheels, dict):
        assert ours.keys() == wheels.keys(), f"{where}: {ours.keys()} and {wheels.keys()}"
        for key, theirs in wheels.items():
            assert_equal(ours[key], theirs, f"{where}[{key!r}]")
    else:
        ours, wheels = np.asarray(ours), np.asarray(wheels)
        assert ours.dtype == wheels.dtype, f"{where}: {ours.dtype} and {wheels.dtype}"
        np.testing.assert_array_equal(ours, wheels, err_msg=where, strict=True)


def count_values(value: Any) -> int:
    """How many numbers there are in a result."""
    if isinstance(value, (list, tuple)):
        return sum(map(count_values, value))
    if isinstance(value, dict):
        return sum(map(count_values, value.values()))
    return int(np.asarray(value).size)


built = {
    ".".join(file.relative_to(BUILD_DIR / "skimage").with_name(file.name[: -len(SUFFIX)]).parts): file
    for file in sorted((BUILD_DIR / "skimage").rglob("*" + SUFFIX))
}
assert len(built) == EXPECTED_COUNT, f"{len(built)} modules were built, {EXPECTED_COUNT} expected: {sorted(built)}"

if sys.platform.startswith("linux"):
    for name, file in built.items():
        check_symbols(name, file)

ours = run_calls(copy_with_built_modules(BUILD_DIR / "with built modules", built), list(built))
wheels = run_calls(wheel_package(), list(built))
for name in built:
    assert ours[name]["exposed"] == wheels[name]["exposed"], (name, ours[name]["exposed"], wheels[name]["exposed"])
    # What other modules cimport. Cython 3.3 lists fused functions by their signatures too.
    missing = set(wheels[name]["c api"]).difference(ours[name]["c api"])
    assert not missing, (name, missing)
    assert_equal(ours[name]["returned"], wheels[name]["returned"], name)
    if ours[name]["reached through"]:
        print(f"{name}: called by {', '.join(ours[name]['reached through'])}")
    else:
        returned = count_values(ours[name]["returned"])
        print(f"{name}: {len(ours[name]['exposed'])} functions and classes, {returned} values equal")
print(f"{len(built)} modules agree with the wheel of scikit-image {version('scikit-image')}")
