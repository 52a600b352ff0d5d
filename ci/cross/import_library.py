# SPDX-License-Identifier: BSD-3-Clause
"""Writes import libraries from what DLLs export, by LLVM's tools."""

import re
import subprocess
from pathlib import Path
from typing import List, NamedTuple, Set


class _Range(NamedTuple):
    """Addresses in a DLL."""

    start: int
    size: int

    def __contains__(self, address: object) -> bool:
        return isinstance(address, int) and self.start <= address < self.start + self.size


def _numbers(text: str, *names: str) -> List[int]:
    found = (re.search(rf"\b{name}: 0x([0-9A-F]+)", text) for name in names)
    return [int(match[1], 16) for match in found if match]


def _code_ranges(text: str) -> List[_Range]:
    """Where functions are; a forwarder's address, in the table of exports itself, counts as one."""
    sections = (section for section in text.split("Section {")[1:] if "IMAGE_SCN_MEM_EXECUTE" in section)
    code = [_Range(*_numbers(section, "VirtualAddress", "VirtualSize")) for section in sections]
    return [*code, _Range(*_numbers(text, "ExportTableRVA", "ExportTableSize"))]


def write_import_library(dll: Path, library: Path, llvm: Path) -> None:
    """Writes the import library of `dll`; variables get no symbol that code could call, as with Microsoft's tools."""
    read = [str(llvm / "llvm-readobj"), "--file-headers", "--sections", "--coff-exports", str(dll)]
    text = subprocess.run(read, check=True, stdout=subprocess.PIPE, text=True).stdout
    code = _code_ranges(text)
    lines = [f"LIBRARY {dll.name}", "EXPORTS"]
    seen: Set[str] = set()
    for entry in text.split("Export {")[1:]:
        name = re.search(r"Name: (\S+)", entry)
        (address,) = _numbers(entry, "RVA")
        if name and name[1] not in seen:
            seen.add(name[1])
            is_code = any(address in addresses for addresses in code)
            lines.append(f"  {name[1]}" + ("" if is_code else " DATA"))
    definition = library.with_suffix(".def")
    definition.write_text("\n".join([*lines, ""]))
    make = [str(llvm / "llvm-dlltool"), "-m", "i386:x86-64", "-d", str(definition), "-l", str(library)]
    subprocess.run(make, check=True)
