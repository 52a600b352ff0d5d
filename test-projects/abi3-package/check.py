"""Builds this package's wheel for the stable ABI by each build backend, audits it, repairs it and calls it.

Usage: check.py <scratch folder> --clean-python <interpreter> --cython-ufunc <folder with its wheel>
  Runs in an environment that has what builds packages. <interpreter> is of another that has NumPy alone.
"""

import sys
from pathlib import Path
from typing import List

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "ci"))

from compatibility.packages import find_interpreter, make_uv_environment  # noqa: E402
from testing.packages import (  # noqa: E402
    BACKENDS,
    Environment,
    call_in_clean_environment,
    copy_project,
    files_of,
    only,
    read_arguments,
    repair,
    run,
)

CALL = """
import numpy as np
import mypkg
np.testing.assert_array_equal(mypkg.halved([1.0, 3.0]), [0.5, 1.5])
np.testing.assert_array_equal(mypkg.smoothed(np.array([3.0, 6.0, 0.0])), [3.0, 3.0, 2.0])
assert mypkg.smoothing.__file__.endswith("smoothing.abi3.so"), mypkg.smoothing.__file__
"""


# meson-python names a wheel for the Python that builds it.
OLDEST = {"scikit-build-core": "cp311", "meson-python": "cp{}{}".format(*sys.version_info[:2])}


def audit(wheel: Path, backend: str) -> None:
    """Checks that pip takes the wheel for all newer Pythons, and that all of it is in the stable ABI of the oldest."""
    assert wheel.name.startswith(f"mypkg-1.0-{OLDEST[backend]}-abi3-"), wheel
    modules = [name for name in files_of(wheel) if name.endswith(".so")]
    assert modules == ["mypkg/smoothing.abi3.so"], modules
    output = run(sys.executable, "-m", "abi3audit", "--strict", "--verbose", wheel)
    assert "1 extensions scanned; 0 ABI version mismatches and 0 ABI violations found" in " ".join(output.split()), (
        output
    )


def newer_pythons() -> List[str]:
    """The newest Python of this machine that is newer than this one, in an environment with NumPy alone, if any."""
    for minor in range(20, sys.version_info.minor, -1):
        python = find_interpreter(f"3.{minor}")
        if python:
            return [str(make_uv_environment(f"numpy-alone-3.{minor}", python, ["numpy", "pip"]))]
    print("Not tested: the wheels on a newer Python; this machine has none")
    return []


def main() -> None:
    """Checks the wheel of each backend."""
    scratch, clean_python, cython_ufunc = read_arguments(__doc__)
    environment = Environment(scratch / "environment")
    environment.install(only(cython_ufunc, "cython_ufunc-*.whl"))
    pythons = [clean_python, *newer_pythons()]
    for backend in BACKENDS:
        folder = scratch / backend
        project = copy_project(HERE, folder / "project", backend)
        if backend == "meson-python":
            environment.cython_ufunc("vendor", project / "subprojects" / "cython-ufunc")
        wheel = environment.wheel(project, folder / "wheel")
        audit(wheel, backend)
        if sys.platform == "linux":
            wheel = repair(wheel, folder / "repaired")
            audit(wheel, backend)
        else:
            print("Not tested: auditwheel, which is for Linux")
        for number, python in enumerate(pythons):
            call_in_clean_environment(folder / f"clean-{number}", python, [wheel], CALL)
        print(
            f"{backend} -> {wheel.name}: keeps to the stable ABI, works in clean environments of {len(pythons)} Pythons"
        )


main()
