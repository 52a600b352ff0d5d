# SPDX-License-Identifier: BSD-3-Clause
"""What a workload is: the modules to build, how to edit their sources, and how to check what was built."""

import abc
from pathlib import Path, PurePosixPath
from typing import Dict, List, NamedTuple, Sequence, Tuple

from benchmark.tools import Tools


class Module(NamedTuple):
    """One extension module of a workload."""

    name: str  # qualified
    source: str  # the .pyx, relative to the source folder
    language: str = "c"  # or c++
    helpers: Tuple[str, ...] = ()  # C sources beside it

    @property
    def stem(self) -> str:
        """The last component of its name."""
        return self.name.rpartition(".")[2]

    @property
    def package_folder(self) -> str:
        """The folder of its package, in the source folder and in the installed tree."""
        return self.name.rpartition(".")[0].replace(".", "/")

    @property
    def target(self) -> str:
        """A name for its target."""
        return self.name.replace(".", "-")


class Workload(abc.ABC):
    """Modules of one top-level package."""

    name: str
    package: str
    modules: Sequence[Module]
    directives: Dict[str, str]  # of Cython
    definitions: Sequence[str]  # of the C preprocessor
    include_directories: Sequence[str]  # of the C compiler, relative to the source folder
    can_edit_declarations = True  # there is an edit_declarations()

    @property
    def shared_module(self) -> str:
        """The qualified name of the shared utility module, where there is one."""
        return f"{self.package}._cyutility"

    def modules_by_folder(self) -> Dict[str, List[Module]]:
        """The modules by the folder of their source, which Meson's build files are in."""
        result: Dict[str, List[Module]] = {}
        for module in self.modules:
            result.setdefault(PurePosixPath(module.source).parent.as_posix(), []).append(module)
        return result

    @abc.abstractmethod
    def write_sources(self, folder: Path) -> None:
        """Writes the package's sources, without any build file, into the empty `folder`."""

    def prepare(self, folder: Path, tools: Tools) -> None:  # noqa: B027
        """Generates what is generated of the sources written to `folder`, if anything is."""

    @abc.abstractmethod
    def edit_module(self, folder: Path, turn: int) -> None:
        """Changes what one `.pyx` does, differently for each `turn` (from 1)."""

    @abc.abstractmethod
    def edit_declarations(self, folder: Path, turn: int) -> None:
        """Changes what a widely cimported `.pxd` does, differently for each `turn` (from 1)."""

    @abc.abstractmethod
    def edit_comment(self, folder: Path, turn: int) -> None:
        """Changes a comment in that `.pxd`, differently for each `turn` (from 1)."""

    @abc.abstractmethod
    def check(self, installed: Path, tools: Tools, scratch: Path) -> None:
        """Imports every module below `installed` and calls them; raises CommandError when one is wrong.

        `scratch` is an empty folder. What the sources say after their edits is what counts.
        """


def count_built(workload: Workload, installed: Path, shared: bool) -> Dict[str, int]:
    """The number and the size in bytes of the modules below `installed`. Raises ValueError when one is missing."""
    files = [path for path in installed.rglob("*") if path.suffix in (".so", ".pyd") and not path.is_symlink()]
    names = {
        path.relative_to(installed).as_posix().split(".")[0].split(workload.package + "/", 1)[-1] for path in files
    }
    expected = {module.name.split(".", 1)[1].replace(".", "/") for module in workload.modules}
    if shared:
        expected.add(workload.shared_module.split(".", 1)[1])
    if names != expected:
        raise ValueError(f"built: {sorted(names)}, expected: {sorted(expected)}")
    return {"modules": len(files), "bytes": sum(path.stat().st_size for path in files)}
