# SPDX-License-Identifier: BSD-3-Clause
"""The contender that uses setuptools."""

import shutil
from typing import Dict, Sequence

from benchmark.contender import Contender

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
    packages=[],
    ext_modules=cythonize(
        extensions,
        nthreads={jobs},
        compiler_directives={directives},
        {shared_argument}
    ),
)
"""


class Setuptools(Contender):
    """setuptools with Cython's cythonize(), with as many processes for Cython as for the compiler."""

    name = "setuptools"

    def _write_build_files(self) -> None:
        workload = self.workload
        shared = workload.shared_module
        text = _SETUP.format(
            include_directories=[str(path) for path in workload.include_directories],
            definitions=[tuple(definition.split("=", 1)) for definition in workload.definitions],
            modules=[(module.name, [module.source, *module.helpers], module.language) for module in workload.modules],
            jobs=self.tools.jobs,
            directives=workload.directives,
            shared=f"extensions.insert(0, Extension({shared!r}, [{shared.replace('.', '/') + '.c'!r}]))"
            if self.shared
            else "",
            shared_argument=f"shared_utility_qualified_name={shared!r}," if self.shared else "",
        )
        (self.source / "setup.py").write_text(text)

    def configure(self, environment: Dict[str, str]) -> None:
        """Removes what an earlier build made, also beside the sources, where cythonize() writes."""
        shutil.rmtree(self.build_folder, ignore_errors=True)
        generated = [module.source for module in self.workload.modules]
        generated.append(self.workload.shared_module.replace(".", "/") + ".pyx")
        for source in generated:
            for extension in (".c", ".cpp"):
                path = (self.source / source).with_suffix(extension)
                if path.is_file():
                    path.unlink()

    def _configure_command(self) -> None:
        return None

    def _build_command(self) -> Sequence[object]:
        script = [self.tools.python, "setup.py", "build", f"--build-base={self.build_folder}"]
        return [*script, f"--build-lib={self.build_folder / 'lib'}", f"--parallel={self.tools.jobs}"]

    def _install_command(self) -> Sequence[object]:
        code = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2])"
        return [self.tools.python, "-c", code, self.build_folder / "lib", self.installed]

    def _adapted(self, environment: Dict[str, str]) -> Dict[str, str]:
        return environment
