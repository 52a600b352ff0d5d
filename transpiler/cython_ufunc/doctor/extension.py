# SPDX-License-Identifier: BSD-3-Clause
"""The examination of one built extension module."""

import sys
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Sequence, Tuple

from cython_ufunc.cython.version import version_tuple
from cython_ufunc.doctor import child_import, module_name
from cython_ufunc.doctor.binary import Binary
from cython_ufunc.doctor.child_import import ImportOutcome
from cython_ufunc.doctor.contents import Contents, loses_ufunc_import, read_contents
from cython_ufunc.doctor.formats import read_binary
from cython_ufunc.doctor.problem import Problem
from cython_ufunc.doctor.slots_used import SlotsUsed, slots_used
from cython_ufunc.errors import UserError
from cython_ufunc.names import pyinit_name

# Who imports NumPy's tables before the module uses them.
BY_SHIM = "shim"  # cython-ufunc's
BY_MODULE = "module"
NOBODY = "nobody"  # although it uses them
NOT_USED = "not used"  # as far as was seen

IMPORT_FAILS = "import-fails"

BY_CONTENTS = "contents"
BY_IMPORT = "import"

_DEFECT = "cython/cython#6064, a defect of Cython 3.0.0 to 3.0.9"
_REMEDY = "Build it with cython-ufunc, or with Cython 3.0.10 or newer."


class Found(NamedTuple):
    """An extension module's file, and where it stands."""

    file: Path
    label: str  # how to name it to the user
    root: Optional[Path]  # the folder that is on sys.path when it is used, if that is known


class Extension(NamedTuple):
    """What there is to tell of an extension module."""

    file: str
    module: str
    binary: Binary
    python: module_name.PythonAbi
    why_not_here: str  # why this Python cannot import it; empty when it can
    contents: Contents
    tables: str  # who imports them: one of the constants above
    evidence: str  # whether the contents show that, or the import
    certain: bool  # False where it may have ufuncs that were not seen, and no table for them
    imported: ImportOutcome
    slots: SlotsUsed
    problems: List[Problem]


class Examined(NamedTuple):
    """A file that could be read, before it is imported."""

    found: Found
    name: str
    binary: Binary


def read_extension(found: Found) -> Examined:
    """Reads one file. Raises UserError for one that is not an extension module."""
    binary = read_binary(found.file)
    if not module_name.is_extension(binary):
        raise UserError(
            f"{found.label} is not an extension module of Python: it is a shared library ({binary.format}, "
            f"{binary.machine}) that exports no PyInit_ function. Give one that does, a wheel, or a build directory."
        )
    return Examined(found, module_name.module_name(found.file, found.root, binary), binary)


def examine(examined: Examined, others: Sequence[Examined], numpy: Optional[str], timeout: float) -> Extension:
    """Describes one extension module.

    Args:
        examined: the module
        others: the modules that stand with it, which it may import
        numpy: the release of this Python's NumPy; None when it has none
        timeout: how many seconds its import, in another interpreter, may take; 0: it is not imported
    """
    binary = examined.binary
    contents = read_contents(binary)
    why_not = module_name.why_not_here(examined.found.file, binary)
    problems = _check_name(examined)
    imported = _import(examined, others, why_not, 0 if problems else timeout)
    tables, evidence = _tables(contents, imported)
    wrong_numpy = [] if why_not else _check_numpy(contents, numpy)
    of_tables = _check_tables(examined.name, tables, evidence, contents, imported)
    # A NumPy that does not fit is why the import fails.
    problems += wrong_numpy + [item for item in of_tables if not wrong_numpy or item.code != IMPORT_FAILS]
    slots = slots_used(examined.found.file)
    problems += slots.problems()
    return Extension(
        file=examined.found.label,
        module=examined.name,
        binary=binary,
        python=module_name.python_abi(examined.found.file),
        why_not_here=why_not,
        contents=contents,
        tables=tables,
        evidence=evidence,
        certain=_is_certain(contents, tables, imported),
        imported=imported,
        slots=slots,
        problems=problems,
    )


def _import(examined: Examined, others: Sequence[Examined], why_not: str, timeout: float) -> ImportOutcome:
    if why_not or not timeout:
        return ImportOutcome(child_import.NOT_TRIED, why_not)
    files: Dict[str, Path] = {examined.name: examined.found.file}
    for other in others:
        files.setdefault(other.name, other.found.file)
    roots = {item.found.root: None for item in (examined, *others) if item.found.root}
    package = examined.name.rpartition(".")[0]
    if not examined.found.root and package:  # the folder that its outermost package stands in
        roots[examined.found.file.absolute().parents[len(package.split("."))]] = None
    return child_import.import_in_child(files, [root for root in roots if root], timeout)


def _tables(contents: Contents, imported: ImportOutcome) -> Tuple[str, str]:
    """Who imports the tables, and what shows it."""
    if contents.made_with_cython_ufunc:
        return BY_SHIM, BY_CONTENTS
    if contents.imports_ufunc_api:
        return BY_MODULE, BY_CONTENTS
    # A ufunc is made while the module is imported: an import that works has had the table.
    works = imported.outcome == child_import.IMPORTED
    if contents.has_ufuncs:
        return (BY_MODULE, BY_IMPORT) if works else (NOBODY, BY_CONTENTS)
    # A loop that cannot fail leaves no name behind.
    if _can_have_defect(contents) and imported.detail in child_import.BAD_ADDRESS:
        return NOBODY, BY_IMPORT
    return (BY_MODULE if contents.imports_array_api else NOT_USED), BY_CONTENTS


def _can_have_defect(contents: Contents) -> bool:
    """True for a plain module that has no import of the ufunc API, of a Cython that may have lost it."""
    if contents.made_with_cython_ufunc or contents.imports_ufunc_api or not contents.made_with_cython:
        return False
    return loses_ufunc_import(contents.cython) is not False


def _is_certain(contents: Contents, tables: str, imported: ImportOutcome) -> bool:
    return tables == NOBODY or imported.outcome == child_import.IMPORTED or not _can_have_defect(contents)


def _check_name(examined: Examined) -> List[Problem]:
    if module_name.init_function(examined.name, examined.binary):
        return []
    exported = [name for name in examined.binary.exports if name.startswith("PyInit")]
    return [
        Problem(
            f"Python cannot import {examined.name} from this file: it needs {pyinit_name(examined.name)}, but the "
            f"file exports {', '.join(exported)}. Give the file the name that the module was translated for.",
            "init-function-missing",
        )
    ]


def _check_tables(name: str, tables: str, evidence: str, contents: Contents, imported: ImportOutcome) -> List[Problem]:
    if tables == NOBODY and evidence == BY_CONTENTS:
        crashed = imported.outcome == child_import.CRASHED
        seen = f"; importing it crashed the interpreter ({imported.detail})" if crashed else ""
        return [
            Problem(
                "it has ufuncs, but no import of NumPy's ufunc API, so that it crashes when it is imported "
                f"({_DEFECT}){seen}. {_REMEDY}",
                "ufunc-api-not-imported",
            )
        ]
    if tables == NOBODY:
        return [
            Problem(
                f"importing it crashed the interpreter ({imported.detail}), and it has no import of NumPy's ufunc API: "
                f"if it has ufuncs, this is {_DEFECT}. {_REMEDY}",
                "ufunc-api-not-imported",
            )
        ]
    if imported.outcome == child_import.CRASHED:
        return [
            Problem(
                f"importing it crashed the interpreter ({imported.detail}). Import it in a debugger: "
                f"gdb --args {sys.executable} -c 'import {name}'.",
                "import-crashes",
            )
        ]
    if imported.outcome == child_import.HANGS:
        return [
            Problem(
                f"importing it did not end: {imported.detail}. Give a longer --timeout, or fix its code.",
                "import-hangs",
            )
        ]
    # What is not installed here says nothing of the module.
    if imported.outcome == child_import.FAILED and imported.exception != ModuleNotFoundError.__name__:
        return [Problem(f"importing it by itself fails: {imported.detail}", IMPORT_FAILS)]
    return []


def _check_numpy(contents: Contents, numpy: Optional[str]) -> List[Problem]:
    """Checks that this Python's NumPy is one that the module can use."""
    if not numpy:
        return []
    if contents.numpy_abi == 1 and version_tuple(numpy) >= (2,):
        return [
            Problem(
                f"it was built with NumPy 1 and cannot use NumPy 2, but this Python has NumPy {numpy}. Build it with "
                "NumPy 2: it then runs on both.",
                "numpy-too-new",
            )
        ]
    if contents.numpy_oldest and version_tuple(numpy) < version_tuple(contents.numpy_oldest):
        return [
            Problem(
                f"it needs NumPy {contents.numpy_oldest} or newer, but this Python has NumPy {numpy}. Install a newer "
                "NumPy, or build it with NUMPY_TARGET_VERSION.",
                "numpy-too-old",
            )
        ]
    return []
