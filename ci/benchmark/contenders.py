# SPDX-License-Identifier: BSD-3-Clause
"""The ways to build a workload that are compared: each writes its build files, configures, builds and installs.

All get the same compilers, -O3 -DNDEBUG without debug information, Release builds, Ninja where they use it, the same
number of jobs, and the compiler cache as a launcher, where there is one.
"""

import abc
import shutil
from pathlib import Path
from typing import Dict, List, Optional, Sequence

from environment import ROOT

from benchmark import process
from benchmark.process import Cost
from benchmark.tools import Tools
from benchmark.workload import Module, Workload


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
        self.write_build_files()

    @abc.abstractmethod
    def write_build_files(self) -> None:
        """Writes the build files beside the sources."""

    def configure(self, environment: Dict[str, str]) -> Optional[Cost]:
        """Configures the build in an empty build folder. Returns None when there is no such step."""
        shutil.rmtree(self.build_folder, ignore_errors=True)
        command = self.configure_command()
        if command is None:
            return None
        return process.run(command, self.source, self._adapted(environment))

    def build(self, environment: Dict[str, str]) -> Cost:
        """Builds what is not up to date."""
        return process.run(self.build_command(), self.source, self._adapted(environment))

    def install(self, environment: Dict[str, str]) -> None:
        """Installs the package, in an empty folder."""
        shutil.rmtree(self.installed, ignore_errors=True)
        process.run(self.install_command(), self.source, self._adapted(environment))

    @abc.abstractmethod
    def configure_command(self) -> Optional[Sequence[object]]:
        """What configures."""

    @abc.abstractmethod
    def build_command(self) -> Sequence[object]:
        """What builds."""

    @abc.abstractmethod
    def install_command(self) -> Sequence[object]:
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


class _CMake(Contender):
    """What the contenders that use CMake have in common."""

    search_path: Path

    def configure_command(self) -> Sequence[object]:
        tools = self.tools
        command: List[object] = [tools.cmake, "-G", "Ninja", "-S", self.source, "-B", self.build_folder]
        command += [f"-DCMAKE_C_COMPILER={tools.c_compiler}", f"-DCMAKE_CXX_COMPILER={tools.cxx_compiler}"]
        if tools.ccache:
            command += [f"-DCMAKE_{language}_COMPILER_LAUNCHER={tools.ccache}" for language in ("C", "CXX")]
        # For each, the other's folder is not searched; unused variables do not matter.
        command += [f"-DPython_EXECUTABLE={tools.python}", "-DCMAKE_BUILD_TYPE=Release", "--no-warn-unused-cli"]
        return [*command, f"-DCMAKE_PREFIX_PATH={self.search_path}", f"-DCMAKE_MODULE_PATH={self.search_path}"]

    def build_command(self) -> Sequence[object]:
        return self._ninja()

    def install_command(self) -> Sequence[object]:
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

    def write_build_files(self) -> None:
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

    def write_build_files(self) -> None:
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
                "add_custom_command(OUTPUT _cyutility.c COMMAND Cython::Cython --generate-shared=_cyutility.c VERBATIM)",
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


class _Meson(Contender):
    """What the contenders that use Meson have in common."""

    languages = ["c"]

    def write_build_files(self) -> None:
        languages = sorted({*self.languages, *("cpp" for language in self._languages() if language == "c++")})
        quoted = ", ".join(f"'{language}'" for language in languages)
        lines = [
            f"project('bench', {quoted}, meson_version: '>=1.4.0')",
            "py = import('python').find_installation(pure: false)",
        ]
        c_arguments = [f"'-D{definition}'" for definition in self.workload.definitions]
        c_arguments += [f"'-I' + meson.project_source_root() / '{path}'" for path in self.workload.include_directories]
        compiled = ", ".join(f"'{language}'" for language in languages if language != "cython")
        lines.append(f"add_project_arguments([{', '.join(c_arguments)}], language: [{compiled}])")
        lines += self._setup_lines()
        for folder, modules in self.workload.modules_by_folder().items():
            lines.append(f"subdir('{folder}')")
            text = "\n".join(line for module in modules for line in self._module_lines(module))
            (self.source / folder / "meson.build").write_text(text + "\n")
        (self.source / "meson.build").write_text("\n".join([*lines, ""]))
        self._write_native_file()

    @abc.abstractmethod
    def _setup_lines(self) -> List[str]:
        """What comes before the modules, in the meson.build file at the top."""

    @abc.abstractmethod
    def _module_lines(self, module: Module) -> List[str]:
        """One module, in the meson.build file of its folder."""

    def configure_command(self) -> Sequence[object]:
        options = ["-Dbuildtype=release", "-Db_ndebug=true", "-Dwarning_level=0"]
        options += ["-Dpython.platlibdir=/", "-Dpython.purelibdir=/", "-Dpython.bytecompile=-1"]
        native_file = self.source / "native.ini"
        return [self.tools.meson, "setup", "--native-file", native_file, *options, self.build_folder, self.source]

    def build_command(self) -> Sequence[object]:
        return self._ninja()

    def install_command(self) -> Sequence[object]:
        return [self.tools.meson, "install", "-C", self.build_folder, "--destdir", self.installed, "--no-rebuild"]

    def _write_native_file(self) -> None:
        tools = self.tools
        launcher = f"'{tools.ccache}', " if tools.ccache else ""
        lines = [
            "[binaries]",
            f"c = [{launcher}'{tools.c_compiler}']",
            f"cpp = [{launcher}'{tools.cxx_compiler}']",
            f"cython = '{tools.cython}'",
            f"python = '{tools.python}'",
            f"numpy-config = '{tools.python.with_name('numpy-config')}'",
        ]
        (self.source / "native.ini").write_text("\n".join([*lines, ""]))


class OursWithMeson(_Meson):
    """This project as a Meson subproject."""

    name = "cython-ufunc, Meson"
    is_ours = True
    languages = ["c", "cpp"]

    def write_build_files(self) -> None:
        super().write_build_files()
        subprojects = self.source / "subprojects"
        subprojects.mkdir()
        (subprojects / "cython-ufunc").symlink_to(ROOT, target_is_directory=True)

    def _setup_lines(self) -> List[str]:
        module = self.workload.shared_module
        options = f"default_options: {{'shared_utility': '{module}'}}" if self.shared else ""
        lines = [f"cython_ufunc = subproject('cython-ufunc', {options}).get_variable('cython_ufunc')"]
        if self.shared:
            lines.append(
                f"py.extension_module('_cyutility', cython_ufunc['shared_utility'], subdir: '{self.workload.package}',"
                " install: true)"
            )
        return lines

    def _module_lines(self, module: Module) -> List[str]:
        rule = "cpp" if module.language == "c++" else "c"
        directives = ", ".join(f"'--directive={name}={value}'" for name, value in self.workload.directives.items())
        # Named here and not by the source, as packages may have no __init__.py.
        arguments = f"[{directives}, '--module-name={module.name}']"
        file = module.source.rpartition("/")[2]
        return [
            f"py.extension_module('{module.stem}',",
            f"  cython_ufunc['{rule}'].process('{file}', extra_args: {arguments}),",
            *(f"  '{helper.rpartition('/')[2]}'," for helper in module.helpers),
            f"  dependencies: cython_ufunc['dependency'], subdir: '{module.package_folder}', install: true)",
        ]


class MesonBuiltIn(_Meson):
    """Meson's own support of Cython."""

    name = "Meson's built-in"
    languages = ["c", "cython"]

    def _setup_lines(self) -> List[str]:
        lines = ["numpy = dependency('numpy')"]
        if self.shared:
            lines += [
                "shared = custom_target(output: '_cyutility.c',",
                "  command: [find_program('cython'), '--generate-shared=@OUTPUT@'])",
                "py.extension_module('_cyutility', shared, dependencies: py.dependency(),",
                f"  subdir: '{self.workload.package}', install: true)",
            ]
        return lines

    def _module_lines(self, module: Module) -> List[str]:
        arguments = ", ".join(f"'{argument}'" for argument in self._cython_arguments())
        language = "cpp" if module.language == "c++" else "c"
        return [
            f"py.extension_module('{module.stem}', '{module.source.rpartition('/')[2]}',",
            *(f"  '{helper.rpartition('/')[2]}'," for helper in module.helpers),
            f"  cython_args: [{arguments}], override_options: {{'cython_language': '{language}'}},",
            f"  dependencies: [numpy, py.dependency()], subdir: '{module.package_folder}', install: true)",
        ]


_SETUP = """import numpy
from Cython.Build import cythonize
from setuptools import Extension, setup

extensions = [
    Extension(
        name,
        sources,
        language=language,
        include_dirs=[numpy.get_include(), *{include_directories}],
        define_macros={definitions},
    )
    for name, sources, language in {modules}
]
{shared}
setup(
    name="bench",
    packages={packages},
    ext_modules=cythonize(
        extensions,
        nthreads={jobs},
        build_dir={cython_folder!r},
        compiler_directives={directives},
        {shared_argument}
    ),
)
"""


class Setuptools(Contender):
    """setuptools with Cython's cythonize(), with as many processes for Cython as for the compiler."""

    name = "setuptools"

    def write_build_files(self) -> None:
        workload = self.workload
        shared = workload.shared_module
        text = _SETUP.format(
            include_directories=[str(path) for path in workload.include_directories],
            definitions=[tuple(definition.split("=", 1)) for definition in workload.definitions],
            modules=[
                (module.name, [module.source, *module.helpers], module.language) for module in workload.modules
            ],
            packages=[],
            jobs=self.tools.jobs,
            cython_folder=str(self.build_folder / "cython"),
            directives=workload.directives,
            shared=f"extensions.insert(0, Extension({shared!r}, [{shared.replace('.', '/') + '.c'!r}]))" if self.shared else "",
            shared_argument=f"shared_utility_qualified_name={shared!r}," if self.shared else "",
        )
        (self.source / "setup.py").write_text(text)

    def configure_command(self) -> None:
        return None

    def build_command(self) -> Sequence[object]:
        script = [self.tools.python, "setup.py", "build", f"--build-base={self.build_folder}"]
        return [*script, f"--build-lib={self.build_folder / 'lib'}", f"--parallel={self.tools.jobs}"]

    def install_command(self) -> Sequence[object]:
        code = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2])"
        return [self.tools.python, "-c", code, self.build_folder / "lib", self.installed]

    def _adapted(self, environment: Dict[str, str]) -> Dict[str, str]:
        return environment


CONTENDERS = {
    "ours-cmake": OursWithCMake,
    "ours-meson": OursWithMeson,
    "cython-cmake": CythonCMake,
    "meson": MesonBuiltIn,
    "setuptools": Setuptools,
}
