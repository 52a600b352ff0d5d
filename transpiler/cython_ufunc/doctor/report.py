# SPDX-License-Identifier: BSD-3-Clause
"""The report, for people and for programs. The manual describes the latter: docs/how-to/doctor.rst."""

from typing import Any, Dict, List, NamedTuple, Optional, Sequence

import cython_ufunc
from cython_ufunc.doctor import child_import, extension
from cython_ufunc.doctor.contents import Contents
from cython_ufunc.doctor.extension import Extension
from cython_ufunc.doctor.installed import Installed, Tool
from cython_ufunc.doctor.problem import Problem

# Grows when a key changes its meaning or goes; new keys may come without.
SCHEMA = 1
_WIDTH = 16


class Unreadable(NamedTuple):
    """A file among others that is no extension module, although it is named like one."""

    file: str
    problem: Problem


class Report(NamedTuple):
    """All that was found."""

    installed: Optional[Installed]  # only where no place was given
    extensions: List[Extension]
    unreadable: List[Unreadable]

    def problems(self) -> List[Problem]:
        """All problems."""
        found = list(self.installed.problems) if self.installed else []
        for item in self.extensions:
            found += item.problems
        return found + [item.problem for item in self.unreadable]


def as_json(report: Report) -> Dict[str, Any]:
    """The report as `json` writes it."""
    return {
        "schema": SCHEMA,
        "cython_ufunc": cython_ufunc.__version__,
        "ok": not report.problems(),
        "installed": _installed_as_json(report.installed) if report.installed else None,
        "extensions": [_extension_as_json(item) for item in report.extensions],
        "unreadable": [
            {"file": item.file, "problems": _problems_as_json([item.problem])} for item in report.unreadable
        ],
    }


def _problems_as_json(problems: Sequence[Problem]) -> List[Dict[str, str]]:
    return [{"code": problem.code, "message": problem.message} for problem in problems]


def _installed_as_json(installed: Installed) -> Dict[str, Any]:
    return {
        "tools": [tool._asdict() for tool in installed.tools],
        "notes": installed.notes,
        "problems": _problems_as_json(installed.problems),
    }


def _extension_as_json(item: Extension) -> Dict[str, Any]:
    contents = item.contents
    return {
        "file": item.file,
        "module": item.module,
        "format": item.binary.format,
        "machine": item.binary.machine,
        "python": {
            "suffix": item.python.suffix,
            "abi": item.python.abi,
            "can_import": not item.why_not_here,
            "why_not": item.why_not_here,
        },
        "made_with_cython_ufunc": contents.made_with_cython_ufunc,
        "made_with_cython": contents.made_with_cython,
        "cython": contents.cython,
        "numpy": {
            "tables_imported_by": item.tables,
            "evidence": item.evidence,
            "certain": item.certain,
            "ufuncs": contents.has_ufuncs,
            "imports_array_api": contents.imports_array_api,
            "imports_ufunc_api": contents.imports_ufunc_api,
            "abi": contents.numpy_abi,
            "built_with": contents.numpy_built_with,
            "oldest": contents.numpy_oldest,
            "slots": item.slots.as_json(),
        },
        "import": {"outcome": item.imported.outcome, "detail": item.imported.detail},
        "exports": item.binary.exports,
        "libraries": item.binary.libraries,
        "run_paths": item.binary.run_paths,
        "problems": _problems_as_json(item.problems),
    }


def as_text(report: Report) -> str:
    """The report for people."""
    blocks: List[str] = []
    if report.installed:
        blocks.append(_installed_as_text(report.installed))
    blocks += [_extension_as_text(item) for item in report.extensions]
    blocks += ["\n".join([item.file, *_problem_lines([item.problem])]) for item in report.unreadable]
    count = len(report.problems())
    found = f"{count} problem{'' if count == 1 else 's'} found" if count else "No problems found"
    unchecked = sum(not item.slots.is_checked for item in report.extensions)
    if unchecked:
        found += (
            f" in what was checked; the slots of NumPy's C API that {unchecked} of the modules use were not, or not all"
        )
    blocks.append(f"{found}.")
    return "\n\n".join(blocks)


def _line(name: str, *values: str) -> str:
    return f"  {name:<{_WIDTH}}" + f"\n  {'':<{_WIDTH}}".join(values)


def _problem_lines(problems: Sequence[Problem]) -> List[str]:
    return [_line("PROBLEM", problem.message) for problem in problems]


def _installed_as_text(installed: Installed) -> str:
    lines = ["Installed", *map(_tool_line, installed.tools)]
    lines += [_line("note", note) for note in installed.notes]
    return "\n".join(lines + _problem_lines(installed.problems))


def _tool_line(tool: Tool) -> str:
    return _line(tool.name, ", ".join([tool.version or "not found", *([tool.path] if tool.path else [])]))


_TABLES = {
    extension.BY_SHIM: "imported before use, by cython-ufunc's shim",
    extension.BY_MODULE: "imported by the module itself",
    extension.NOBODY: "NOT IMPORTED",
    extension.NOT_USED: "no use of them seen",
}
_EVIDENCE = {extension.BY_CONTENTS: "seen in its contents", extension.BY_IMPORT: "seen at its import"}


def _extension_as_text(item: Extension) -> str:
    contents = item.contents
    can_import = f"no: {item.why_not_here}" if item.why_not_here else "yes"
    lines = [
        item.file,
        _line("module", item.module),
        _line("file", f"{item.binary.format}, {item.binary.machine}, Python ABI {item.python.abi or 'unknown'}"),
        _line("for this Python", can_import),
        _line("made with", _made_with(contents)),
        _line("NumPy tables", *_tables_text(item)),
        _line("needs NumPy", _needs(contents)),
        _line("NumPy slots", *item.slots.text()),
        _line("import", _import_text(item.imported)),
        _line("exports", *(item.binary.exports or ["nothing"])),
        _line("libraries", *(item.binary.libraries or ["none"])),
    ]
    if item.binary.run_paths:
        lines.append(_line("run paths", *item.binary.run_paths))
    return "\n".join(lines + _problem_lines(item.problems))


def _tables_text(item: Extension) -> List[str]:
    lines = [f"{_TABLES[item.tables]} ({_EVIDENCE[item.evidence]})"]
    if not item.certain:
        lines.append("not certain: a ufunc whose loop cannot fail is not seen in a file; only an import would tell")
    return lines


def _made_with(contents: Contents) -> str:
    if not contents.made_with_cython:
        return "something else than Cython"
    cython = f"Cython {contents.cython or 'of unknown version'}"
    return f"{cython}, {'with' if contents.made_with_cython_ufunc else 'without'} cython-ufunc's shim"


def _needs(contents: Contents) -> str:
    if contents.numpy_abi is None and contents.numpy_oldest is None:
        return "unknown"
    oldest = f"{contents.numpy_oldest} or newer" if contents.numpy_oldest else "an unknown version"
    below = "; not 2 or newer" if contents.numpy_abi == 1 else ""
    built = f" (built with NumPy {contents.numpy_built_with or contents.numpy_abi})"
    return oldest + below + built


def _import_text(imported: child_import.ImportOutcome) -> str:
    words = {
        child_import.IMPORTED: "works, in an interpreter of its own",
        child_import.CRASHED: f"CRASHED the interpreter that tried: {imported.detail}",
        child_import.FAILED: f"failed: {imported.detail}",
        child_import.HANGS: f"did not end: {imported.detail}",
        child_import.NOT_TRIED: "not tried",
    }
    return words[imported.outcome]
