# SPDX-License-Identifier: BSD-3-Clause
"""What the audit says, for people and for programs. The manual describes the latter: docs/how-to/audit.rst."""

from typing import Any, Dict, List, NamedTuple, Optional, Sequence

import cython_ufunc
from cython_ufunc.audit import findings as found
from cython_ufunc.audit import slots
from cython_ufunc.audit.findings import Finding, Verdict

# Grows when a key changes its meaning or goes; new keys may come without.
SCHEMA = 1


class Module(NamedTuple):
    """The verdict on one file, or on one processor's part of it."""

    file: str
    verdict: Verdict
    distribution: Optional[str]  # that it belongs to
    requires: List[str]  # what that requires of NumPy


class Note(NamedTuple):
    """Metadata and modules disagree."""

    distribution: str
    message: str


class Report(NamedTuple):
    """All that was looked at."""

    modules: List[Module]
    notes: List[Note]

    def verdict(self) -> str:
        """The worst of all."""
        all_of_them = {module.verdict.verdict for module in self.modules}
        for verdict in (found.VIOLATION, found.INCOMPLETE):
            if verdict in all_of_them:
                return verdict
        return found.OK


def as_json(report: Report) -> Dict[str, Any]:
    """The report as `json` writes it."""
    return {
        "schema": SCHEMA,
        "cython_ufunc": cython_ufunc.__version__,
        "newest_numpy_known": slots.newest_known(),
        "verdict": report.verdict(),
        "modules": [module_as_json(module) for module in report.modules],
        "notes": [note._asdict() for note in report.notes],
    }


def module_as_json(module: Module) -> Dict[str, Any]:
    """One module, as `json` writes it."""
    verdict = module.verdict
    numpy_2 = verdict.abi != 1
    return {
        "file": module.file,
        "format": verdict.format,
        "machine": verdict.machine,
        "verdict": verdict.verdict,
        "declared": verdict.declared,
        "needed": verdict.needed,
        "abi": verdict.abi,
        "requires": module.requires,
        "slots": [
            {
                "table": table,
                "slot": index,
                "name": slots.slot(table, index, numpy_2).name,
                "since": _since(table, index, numpy_2),
                "uses": [{"address": hex(address), "function": function} for address, function in places],
            }
            for (table, index), places in verdict.uses.items()
        ],
        "findings": [_with_address(each) for each in verdict.findings],
        "guarded": [_with_address(each) for each in verdict.guarded],
        "not_followed": [_with_address(each) for each in verdict.lost],
    }


def _since(table: str, index: int, numpy_2: bool) -> Optional[str]:
    first = slots.slot(table, index, numpy_2).first
    return slots.release_of(first) if 0 < first != slots.UNKNOWN_FEATURE else None


def _with_address(item: Any) -> Dict[str, Any]:
    values: Dict[str, Any] = item._asdict()
    return {**values, "address": hex(values["address"])}


def as_text(report: Report, every_slot: bool) -> str:
    """The report for people. `every_slot`: with the slots that each module uses."""
    lines: List[str] = []
    for module in report.modules:
        if module.verdict.verdict != found.NOT_USED:
            lines += module_lines(module, every_slot)
    lines += [f"note: {note.distribution}: {note.message}" for note in report.notes]
    return "\n".join([*lines, _summary(report.modules)])


def module_lines(module: Module, every_slot: bool) -> List[str]:
    """One module, for people."""
    verdict = module.verdict
    part = f" ({verdict.machine})" if verdict.format == "Mach-O" else ""
    uses = sum(map(len, verdict.uses.values()))
    declared = f"says NumPy {verdict.declared}" if verdict.declared else "does not say which NumPy"
    needed = f"needs {verdict.needed}" if verdict.needed else "what it needs is not known"
    guarded = f", {len(verdict.guarded)} guarded" if verdict.guarded else ""
    head = (
        f"{module.file}{part}: {verdict.verdict}: {declared}, {needed}; {len(verdict.uses)} slots, {uses} uses{guarded}"
    )
    lines = [head]
    lines += [f"  {finding_text(each, verdict)}" for each in verdict.findings]
    lines += sorted({f"  remedy: {_remedy(each, verdict)}" for each in verdict.findings})
    for lost in verdict.lost:
        lines.append(f"  not followed: {lost.why} (at {_where(lost.address, lost.function)})")
    if every_slot:
        for (table, index), places in verdict.uses.items():
            owner = slots.slot(table, index, verdict.abi != 1)
            names = sorted({function for _, function in places if function})
            by = f", from {', '.join(names)}" if names else ""
            lines.append(f"  {table}[{index}] {owner.name}: {len(places)} use{'s' * (len(places) > 1)}{by}")
    return lines


def finding_text(finding: Finding, verdict: Verdict) -> str:
    """What is wrong at one place."""
    what = f"{finding.table}[{finding.slot}] ({finding.name})"
    where = f"at {_where(finding.address, finding.function)}"
    if finding.kind == found.NEWER:
        declared = verdict.declared or slots.release_of(0)
        guard = f", behind a test for {finding.guard} only" if finding.guard else ""
        behind = _length_of(declared, finding.table)
        lies = (
            f"NumPy {declared} has other data there"
            if finding.slot >= behind
            else f"NumPy {declared} has another function or none there"
        )
        return f"VIOLATION: uses {what} {where}, which NumPy has since {finding.needs}{guard}; {lies}"
    if finding.kind == found.REMOVED:
        return f"VIOLATION: uses {what} {where}, which NumPy 2.0 took away, and does not test for NumPy 2"
    if finding.kind == found.EARLY:
        return f"VIOLATION: uses {what} {where} before the table is imported: it is NULL there"
    return f"VIOLATION: uses {what} {where} of a table that its translation unit never imports: it is NULL there"


def _length_of(release: str, table: str) -> int:
    feature = slots.feature_of(release)
    indices = (index for index in range(slots.length(table)))
    return max((index + 1 for index in indices if slots.slot(table, index, True).first <= feature), default=0)


def _remedy(finding: Finding, verdict: Verdict) -> str:
    if finding.kind == found.NEWER:
        needs = finding.needs
        macro = f"NPY_{needs.replace('.', '_')}_API_VERSION"
        declare = f"declare it (-DNPY_TARGET_VERSION={macro}, numpy>={needs})"
        text = f"{declare}, or test PyArray_RUNTIME_VERSION >= {macro} first"
        if finding.table == slots.ARRAY and 375 <= finding.slot <= 378:
            text += "; NumPy 2.5.0's headers offer these slots to older targets by mistake: build with 2.5.1 or newer"
        return text
    if finding.kind == found.REMOVED:
        return "build with headers of NumPy 2, or require numpy<2"
    return "call import_array() there first, or share one table (PY_ARRAY_UNIQUE_SYMBOL), as cython-ufunc does"


def _where(address: int, function: Optional[str]) -> str:
    return f"{address:#x} in {function}" if function else f"{address:#x}"


def _summary(modules: Sequence[Module]) -> str:
    counts: Dict[str, int] = {}
    for module in modules:
        counts[module.verdict.verdict] = counts.get(module.verdict.verdict, 0) + 1
    files = len({module.file for module in modules})
    using = sum(count for verdict, count in counts.items() if verdict != found.NOT_USED)
    if not using:
        return f"Checked {_count(files, 'file')}: no use of NumPy's C API seen."
    parts = [
        f"{counts[verdict]} {verdict}" for verdict in (found.OK, found.VIOLATION, found.INCOMPLETE) if verdict in counts
    ]
    return (
        f"Checked {_count(files, 'file')}, {using} of which use NumPy's C API: {', '.join(parts)}. "
        f"Known are the slots of NumPy up to {slots.newest_known()}."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
