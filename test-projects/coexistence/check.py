"""Imports modules of several builds into one process, in several orders, and calls each; looks at what they export.

Usage: check.py <build directory> [<other build directory>]
"""

import itertools
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Dict, List, Sequence

SUFFIX = sysconfig.get_config_var("EXT_SUFFIX")
FACTORS = {
    "first": 2.0,
    "second": 3.0,
    "only_init": 4.0,
    "plain": 5.0,
    "meson_first": 6.0,
    "meson_second": 7.0,
    "meson_only_init": 8.0,
}
CALL = """
import os, sys
sys.path[:0] = {folders}
{flags}
modules = [(__import__(name), factor) for name, factor in {names}]
import numpy as np
for turn in range(2):
    for module, factor in modules:
        np.testing.assert_array_equal(module.scaled([1.0, 2.0]), [factor, 2 * factor])
        np.testing.assert_array_equal(module.factors(3), [factor] * 3)
print("called")
"""
GLOBAL = "sys.setdlopenflags(os.RTLD_NOW | os.RTLD_GLOBAL)"


def exports(file: Path) -> List[str]:
    """What the module defines for all who look."""
    command = ["nm", "--dynamic", "--defined-only", "--portability", str(file)]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return [line.split()[0] for line in lines]


def check_exports(files: Dict[str, Path]) -> None:
    for name, file in files.items():
        found = exports(file)
        others = [symbol for symbol in found if symbol != f"PyInit_{name}"]
        assert f"PyInit_{name}" in found, found
        if name == "plain":  # the negative control: what there would be to disturb the others
            assert {"scale_factor", "cython_ufunc_array_api", "cython_ufunc_init_module"} <= set(others), others
        elif name.endswith("second"):
            # libstdc++ declares its namespace visible, which no flag of the compiler overrides.
            assert all(symbol.startswith(("_ZNSt", "_ZSt", "_ZNKSt")) for symbol in others), others
        else:
            assert not others, f"{name} exports {others}"


def check_order(names: Sequence[str], folders: Sequence[Path], flags: str) -> None:
    pairs = [(name, FACTORS[name]) for name in names]
    code = CALL.format(folders=[str(folder) for folder in folders], flags=flags, names=pairs)
    command = [sys.executable, "-W", "error", "-c", code]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    where = f"{', '.join(names)} with {flags or 'the default flags'}"
    assert result.returncode == 0 and result.stdout == "called\n", f"{where}: {result.returncode}\n{result.stdout}"


def main(folders: Sequence[Path]) -> None:
    found = {path.name[: -len(SUFFIX)]: path for folder in folders for path in folder.glob(f"*{SUFFIX}")}
    assert len(found) >= 3 and set(found) <= set(FACTORS), found
    check_exports(found)
    names = list(found)
    orders = [names, names[::-1]]
    if "plain" in names:  # first, so that all else finds its names
        others = [name for name in names if name != "plain"]
        orders += [["plain", *order] for order in itertools.islice(itertools.permutations(others), 2)]
    for order in orders:
        for flags in ("", GLOBAL):
            check_order(order, folders, flags)
    print(f"coexistence: {', '.join(sorted(names))} in one process, in {len(orders)} orders, also with RTLD_GLOBAL")


os.environ.pop("PYTHONPATH", None)
main([Path(argument) for argument in sys.argv[1:]])
