"""Has the doctor examine the modules of crash-and-cure on the machine that they were built for: see ci/windows, ci/aarch64.

Usage: check_target.py <build directory of crash-and-cure, by Cython 3.0.9>
"""

import sys
from pathlib import Path

from doctor_command import report_of

CRASHES = ("exception 0xc0000005",) if sys.platform == "win32" else ("SIGSEGV",)
FORMAT = "PE" if sys.platform == "win32" else "ELF"
UFUNCS = ("with_numpy", "with_numpy_and_parallel", "with_parallel")  # not with_prange, which needs OpenMP's library


def main(build: Path) -> None:
    """The contents show the defect, and so does the import."""
    report = report_of(build / "plain", build / "cured", code=1)
    found = {item["module"]: item for item in report["extensions"]}
    for name in UFUNCS:
        plain, cured = found[f"plain.{name}"], found[f"cured.{name}"]
        assert [problem["code"] for problem in plain["problems"]] == ["ufunc-api-not-imported"], plain
        assert plain["numpy"]["tables_imported_by"] == "nobody" and plain["numpy"]["evidence"] == "contents", plain
        assert plain["import"]["outcome"] == "crashed" and plain["import"]["detail"] in CRASHES, plain
        assert cured["problems"] == [], cured
        assert cured["made_with_cython_ufunc"] and cured["numpy"]["tables_imported_by"] == "shim", cured
        assert cured["import"]["outcome"] == "imported" and cured["exports"] == [f"PyInit_{name}"], cured
        assert cured["format"] == plain["format"] == FORMAT
    print(f"doctor: {len(UFUNCS)} plain modules have the defect, {len(UFUNCS)} cured ones do not ({cured['machine']})")


main(Path(sys.argv[1]))
