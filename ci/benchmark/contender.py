# SPDX-License-Identifier: BSD-3-Clause
"""What a contender is, one of the ways to build a workload that are compared.

All get the same compilers, -O3 -DNDEBUG without debug information, Release builds, Ninja where they use it, the same
number of jobs, and the compiler cache as a launcher, where there is one.
"""

import abc
import shutil
from pathlib import Path
from typing import Dict, List, Optional, Sequence

from benchmark import process
from benchmark.process import Cost
from benchmark.tools import Tools
from benchmark.workload import Workload


class Contender(abc.ABC):
    """One way to build one workload, in folders of its own below `folder`."""

    name: str
    is_ours = False

    def __init__(self, workload: Workload, tools: Tools, folder: Path, shared: bool) -> None:
        self.workload = workload
        self.tools = tools
        self.shared = shared
        self.source = folder / "source"
        self.build_folder = folder / "build"
        self.installed = folder / "installed"

    @property
    def label(self) -> str:
        """Its name in tables."""
        return f"{self.name}, shared" if self.shared else self.name

    def write(self) -> None:
        """Writes the sources and the build files, into an empty folder."""
        shutil.rmtree(self.source, ignore_errors=True)
        self.source.mkdir(parents=True)
        self.workload.write_sources(self.source)
        self.workload.prepare(self.source, self.tools)
        self._write_build_files()

    @abc.abstractmethod
    def _write_build_files(self) -> None:
        """Writes the build files beside the sources."""

    def configure(self, environment: Dict[str, str]) -> Optional[Cost]:
        """Configures the build in an empty build folder. Returns None when there is no such step."""
        shutil.rmtree(self.build_folder, ignore_errors=True)
        command = self._configure_command()
        if command is None:
            return None
        return process.run(command, self.source, self._adapted(environment))

    def build(self, environment: Dict[str, str]) -> Cost:
        """Builds what is not up to date."""
        return process.run(self._build_command(), self.source, self._adapted(environment))

    def install(self, environment: Dict[str, str]) -> None:
        """Installs the package, in an empty folder."""
        shutil.rmtree(self.installed, ignore_errors=True)
        process.run(self._install_command(), self.source, self._adapted(environment))

    @abc.abstractmethod
    def _configure_command(self) -> Optional[Sequence[object]]:
        """What configures."""

    @abc.abstractmethod
    def _build_command(self) -> Sequence[object]:
        """What builds."""

    @abc.abstractmethod
    def _install_command(self) -> Sequence[object]:
        """What installs."""

    def _adapted(self, environment: Dict[str, str]) -> Dict[str, str]:
        return self.tools.build_system_environment(environment)

    def _cython_arguments(self) -> List[str]:
        """Cython's arguments for each module, where a contender takes them."""
        arguments = [f"-X{name}={value}" for name, value in self.workload.directives.items()]
        if self.shared:
            arguments.append(f"--shared={self.workload.shared_module}")
        return arguments

    def _languages(self) -> List[str]:
        return sorted({module.language for module in self.workload.modules})

    def _ninja(self) -> Sequence[object]:
        return [self.tools.ninja, "-C", self.build_folder, f"-j{self.tools.jobs}"]
