# SPDX-License-Identifier: BSD-3-Clause
"""Finds slots of NumPy's tables that headers offer to modules for a NumPy which does not have them, as 2.5.0's do."""

import re
from pathlib import Path
from typing import List, Sequence, Tuple

from cython_ufunc.audit import slots
from cython_ufunc.facts.target import numpy_package, read_numpy_version

_SLOT = re.compile(r"Py(Array|UFunc)_API\s*\[(\d+)\]")
_NEEDS = re.compile(r"#\s*if NPY_FEATURE_VERSION >= NPY_(\d+)_(\d+)_API_VERSION")
# Every release offers the first to all targets, so that no other would be better; NumPy's own inline functions, which
# test the version, are all that uses the second.
_EXPECTED = {("array", 306), ("array", 365)}


def unguarded_slots(include_dirs: Sequence[Path]) -> List[Tuple[str, int]]:
    """Table and index of each slot that the headers in these folders offer to older targets."""
    found: List[Tuple[str, int]] = []
    for folder in include_dirs:
        for name in ("__multiarray_api.h", "__ufunc_api.h"):
            header = folder / "numpy" / name
            if header.is_file():
                found += _unguarded_in(header.read_text(encoding="utf-8", errors="replace"))
    return found


def _unguarded_in(text: str) -> List[Tuple[str, int]]:
    found: List[Tuple[str, int]] = []
    conditions: List[int] = []
    macro = ""  # the one that the line belongs to
    for line in text.splitlines():
        if re.match(r"\s*#\s*if", line):
            needs = _NEEDS.match(line.strip())
            conditions.append(slots.feature_of(f"{needs[1]}.{needs[2]}") if needs else 0)
        elif re.match(r"\s*#\s*endif", line) and conditions:
            conditions.pop()
        elif line.startswith("#define"):
            macro = line.split()[1]
        slot = _SLOT.search(line)
        if slot:
            key = (slot[1].lower(), int(slot[2]))
            owner = slots.slot(key[0], key[1], True)
            if owner.name == macro and max([0, *conditions]) < owner.first and key not in {*_EXPECTED, *found}:
                found.append(key)
    return found


def header_warning(include_dirs: Sequence[Path], release: str) -> str:
    """What to say of the headers of NumPy `release`, an empty string for nothing."""
    found = unguarded_slots(include_dirs)
    if not found:
        return ""
    release = _release_of(include_dirs) or release
    names = ", ".join(f"{table}[{index}] ({slots.slot(table, index, True).name})" for table, index in found)
    first = slots.release_of(min(slots.slot(table, index, True).first for table, index in found))
    right = "2.5.1 or newer" if release == "2.5.0" else f"another release of {first}"
    return (
        f"the headers of NumPy {release or '(unknown)'} offer functions that NumPy has since {first} to modules for "
        f"older ones, which crash there when they call them: {names}. Build with NumPy {right}, or with one before "
        f"{first}."
    )


def _release_of(include_dirs: Sequence[Path]) -> str:
    """The release of the NumPy package that has the headers, an empty string where they are somewhere else."""
    return next((read_numpy_version(folder) for folder in include_dirs if numpy_package(folder)), "")
