# SPDX-License-Identifier: BSD-3-Clause
"""Which NumPy a wheel, or an installed distribution, says it needs, by its metadata."""

import re
import zipfile
from email.parser import HeaderParser
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Tuple

_REQUIREMENT = re.compile(r"(?i)numpy(?![\w.-])\s*(?:\[[^]]*\])?\s*\(?([^;)]*)\)?\s*(?:;\s*(.*))?")
_LOWER_BOUND = re.compile(r"(>=|==|~=|>)\s*(\d+(?:\.\d+)*)")


class Distribution(NamedTuple):
    """What a distribution requires of NumPy."""

    name: str
    requires: List[str]  # its requirements of NumPy, as written
    floor: Optional[str]  # the oldest release that one of them allows; None: any, or none is required


def of_wheel(wheel: Path) -> Optional[Distribution]:
    """The metadata in a wheel; None where it has none that can be read."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            found = [name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
            return _parse(archive.read(found[0]).decode("utf-8", "replace")) if found else None
    except (OSError, zipfile.BadZipFile):
        return None


def of_installed(folder: Path) -> Dict[Path, Distribution]:
    """By file: the distributions that are installed below `folder`."""
    found: Dict[Path, Distribution] = {}
    for metadata in folder.rglob("*.dist-info/METADATA"):
        record = metadata.with_name("RECORD")
        if not record.is_file():
            continue
        distribution = _parse(metadata.read_text(encoding="utf-8", errors="replace"))
        root = metadata.parent.parent
        for line in record.read_text(encoding="utf-8", errors="replace").splitlines():
            name = line.rsplit(",", 2)[0].strip('"')
            if re.search(r"\.(?:so|pyd|dll|dylib)\b", name):
                found[(root / name).resolve()] = distribution
    return found


def _parse(text: str) -> Distribution:
    message = HeaderParser().parsestr(text)
    requires: List[str] = []
    floors: List[Optional[Tuple[int, ...]]] = []
    for line in message.get_all("Requires-Dist") or []:
        match = _REQUIREMENT.fullmatch(str(line).strip())
        if match and "extra" not in (match[2] or ""):
            requires.append(str(line).strip())
            bounds = [tuple(map(int, version.split("."))) for _, version in _LOWER_BOUND.findall(match[1])]
            floors.append(max(bounds, default=None))
    known = [floor for floor in floors if floor is not None]
    lowest = min(known) if known and None not in floors else None
    return Distribution(str(message.get("Name", "?")), requires, ".".join(map(str, lowest)) if lowest else None)
