# SPDX-License-Identifier: BSD-3-Clause
"""The contenders that use CMake."""

from pathlib import Path
from typing import List, Sequence

from common.environment import ROOT

from benchmark import process
from benchmark.contender import Contender
from benchmark.tools import Tools
from benchmark.workload import Module, Workload


class _CMake(Contender):
    """What the contenders that use CMake have in common."""

    search_path: Path

    def _configure_command(self) -> Sequence[object]:
        tools = self.tools
        command: List[object] = [tools.cmake, "-G", "Ninja", "-S", self.source, "-B", self.build_folder]
        command += [f"-DCMAKE_C_COMPILER={tools.c_compiler}", f"-DCMAKE_CXX_COMPILER={tools.cxx_compiler}"]
        if tools.ccache:
            command += [f"-DCMAKE_{language}_COMPILER_LAUNCHER={tools.ccache}" for language in ("C", "CXX")]
        # For each, the other's folder is not searched; unused variables do not matter.
        command += [f"-DPython_EXECUTABLE={tools.python}", "-DCMAKE_BUILD_TYPE=Release"]
        flags = f"{tools.optimisation} -DNDEBUG"  # CMake's own for Release
        command += [f"-DCMAKE_{language}_FLAGS_RELEASE={flags}" for language in ("C", "CXX")]
        return [*command, f"-DCMAKE_PREFIX_PATH={self.search_path}", f"-DCMAKE_MODULE_PATH={self.search_path}"]

    def _build_command(self) -> Sequence[object]:
        return self._ninja()

    def _install_command(self) -> Sequence[object]:
        return [self.tools.cmake, "--install", self.build_folder, "--prefix", self.installed]

    def _compile_settings(self, target: str) -> List[str]:
        lines = []
        if self.workload.definitions:
            lines.append(f"target_compile_definitions({target} PRIVATE {' '.join(self.workload.definitions)})")
        if self.workload.include_directories:
            lines.append(f"target_include_directories({target} PRIVATE {' '.join(self.workload.include_directories)})")
        return lines


class OursWithCMake(_CMake):
    """This project, installed, and found by find_package()."""

    name = "cython-ufunc, CMake"
    is_ours = True

    def __init__(self, workload: Workload, tools: Tools, folder: Path, shared: bool) -> None:
        super().__init__(workload, tools, folder, shared)
        self.search_path = folder / "cython-ufunc"

    def _write_build_files(self) -> None:
        self._install_ourselves()
        lines = [
            "cmake_minimum_required(VERSION 3.21)",
            "project(bench LANGUAGES C CXX)",
            "find_package(Python REQUIRED COMPONENTS Interpreter Development.Module NumPy)",
            "find_package(CythonUfunc 0.1 REQUIRED)",
        ]
        if self.shared:
            module = self.workload.shared_module
            lines += [
                f"add_cython_shared_utility(cyutility MODULE_NAME {module} INSTALL_DIR {self.workload.package})",
                "set(CYTHON_UFUNC_SHARED_UTILITY cyutility)",
            ]
        for module_ in self.workload.modules:
            lines += self._module_lines(module_)
        (self.source / "CMakeLists.txt").write_text("\n".join([*lines, ""]))

    def _module_lines(self, module: Module) -> List[str]:
        directives = " ".join(f"{name}={value}" for name, value in self.workload.directives.items())
        language = "CXX" if module.language == "c++" else "C"
        return [
            f"add_cython_ufunc_module({module.target} {' '.join([module.source, *module.helpers])}",
            f"  MODULE_NAME {module.name} LANGUAGE {language} DIRECTIVES {directives}",
            f"  INSTALL_DIR {module.package_folder})",
            *self._compile_settings(module.target),
        ]

    def _install_ourselves(self) -> None:
        scratch = self.search_path.with_name("cython-ufunc-build")
        configure = [self.tools.cmake, "-G", "Ninja", "-S", ROOT, "-B", scratch, "-DCYTHON_UFUNC_BUILD_TESTS=OFF"]
        environment = self._adapted(self.tools.environment())
        process.run(configure, self.source, environment)
        process.run([self.tools.cmake, "--install", scratch, "--prefix", self.search_path], self.source, environment)


class CythonCMake(_CMake):
    """The package cython-cmake: its FindCython and UseCython."""

    name = "cython-cmake"

    def __init__(self, workload: Workload, tools: Tools, folder: Path, shared: bool) -> None:
        super().__init__(workload, tools, folder, shared)
        (site_packages,) = tools.python.parent.parent.glob("[Ll]ib/**/cython_cmake/cmake")
        self.search_path = site_packages

    def _write_build_files(self) -> None:
        languages = "C CXX" if "c++" in self._languages() else "C"
        lines = [
            "cmake_minimum_required(VERSION 3.21)",
            f"project(bench LANGUAGES {languages})",
            "find_package(Python REQUIRED COMPONENTS Interpreter Development.Module NumPy)",
            "find_package(Cython MODULE REQUIRED)",
            "include(UseCython)",
        ]
        if self.shared:
            lines += [
                "add_custom_command(OUTPUT _cyutility.c COMMAND Cython::Cython --generate-shared=_cyutility.c)",
                'Python_add_library(cyutility MODULE WITH_SOABI "${CMAKE_CURRENT_BINARY_DIR}/_cyutility.c")',
                "set_target_properties(cyutility PROPERTIES OUTPUT_NAME _cyutility)",
                f"install(TARGETS cyutility DESTINATION {self.workload.package})",
            ]
        for module in self.workload.modules:
            lines += self._module_lines(module)
        (self.source / "CMakeLists.txt").write_text("\n".join([*lines, ""]))

    def _module_lines(self, module: Module) -> List[str]:
        language = "CXX" if module.language == "c++" else "C"
        target = module.target
        return [
            f"cython_transpile({module.source} LANGUAGE {language} MODULE_NAME {module.name} OUTPUT_VARIABLE generated",
            f"  CYTHON_ARGS {' '.join(self._cython_arguments())})",
            f"Python_add_library({target} MODULE WITH_SOABI ${{generated}} {' '.join(module.helpers)})",
            f"set_target_properties({target} PROPERTIES OUTPUT_NAME {module.stem})",
            f"set_target_properties({target} PROPERTIES LIBRARY_OUTPUT_DIRECTORY {module.package_folder})",
            f"target_link_libraries({target} PRIVATE Python::NumPy)",
            *self._compile_settings(target),
            f"install(TARGETS {target} DESTINATION {module.package_folder})",
        ]
