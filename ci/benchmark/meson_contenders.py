# SPDX-License-Identifier: BSD-3-Clause
"""The contenders that use Meson."""

import abc
from typing import List, Sequence

from common.environment import ROOT

from benchmark.contender import Contender
from benchmark.workload import Module


class _Meson(Contender):
    """What the contenders that use Meson have in common."""

    languages: Sequence[str] = ("c",)

    def _write_build_files(self) -> None:
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

    def _configure_command(self) -> Sequence[object]:
        options = ["-Dbuildtype=release", "-Db_ndebug=true", "-Dwarning_level=0"]
        options.append(f"-Doptimization={self.tools.optimisation[len('-O') :]}")
        options += ["-Dpython.platlibdir=/", "-Dpython.purelibdir=/", "-Dpython.bytecompile=-1"]
        native_file = self.source / "native.ini"
        return [self.tools.meson, "setup", "--native-file", native_file, *options, self.build_folder, self.source]

    def _build_command(self) -> Sequence[object]:
        return self._ninja()

    def _install_command(self) -> Sequence[object]:
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
    languages = ("c", "cpp")

    def _write_build_files(self) -> None:
        super()._write_build_files()
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
    languages = ("c", "cython")

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
