# SPDX-License-Identifier: BSD-3-Clause
"""Importing extension modules from where they were built, by the names they will have when installed."""

import importlib
import importlib.machinery
import importlib.util
import runpy
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType
from typing import Dict, Optional, Sequence

from cython_ufunc.names import imported_name, is_package


class _BuiltModules(MetaPathFinder):
    """Finds the built modules by name, and stands in for packages around them that nothing else provides."""

    def __init__(self, files: Dict[str, Path]) -> None:
        """`files`: for each module name, as the build gives it, its file."""
        self._files = {imported_name(name): path for name, path in files.items()}
        self._packages = {imported_name(name) for name in files if is_package(name)}

    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]], target: Optional[ModuleType] = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        """See importlib.abc.MetaPathFinder."""
        file = self._files.get(fullname)
        if file:
            locations = [str(file.parent)] if fullname in self._packages else None
            return importlib.util.spec_from_file_location(fullname, file, submodule_search_locations=locations)
        if not any(name.startswith(fullname + ".") for name in self._files):
            return None
        found = importlib.machinery.PathFinder.find_spec(fullname, path)
        if found:
            return found
        return importlib.machinery.ModuleSpec(fullname, None, is_package=True)


def import_test(files: Dict[str, Path], path: Sequence[Path], code: Optional[str], script: Optional[Path]) -> None:
    """Imports the first module of `files`, then runs `code` and `script`. Raises what they raise."""
    sys.path[:0] = [str(entry) for entry in path]
    sys.meta_path.insert(0, _BuiltModules(files))
    name = imported_name(next(iter(files)))
    importlib.import_module(name)
    top = name.split(".")[0]
    if code:
        exec(compile(code, "<CODE>", "exec"), {"__name__": "__main__", top: sys.modules[top]})
    if script:
        sys.argv = [str(script)]
        runpy.run_path(str(script), run_name="__main__")
