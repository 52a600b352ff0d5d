# SPDX-License-Identifier: BSD-3-Clause
"""The released packages that are converted, and how each is built and tested."""

from typing import Dict, List, Mapping, NamedTuple, Sequence

# The variants, in the order of the tables' columns: as released, converted, and that with a shared utility module.
PLAIN, CONVERTED, SHARED = "as released", "with cython-ufunc", "and a shared utility module"
VARIANTS = (PLAIN, CONVERTED, SHARED)


class Project(NamedTuple):
    """A released package.

    Its patches are <name>.patch and <name>-shared-utility.patch beside this file; <name>-build.txt and <name>-test.txt
    have the versions of all that it is built and tested with.
    """

    name: str  # on PyPI
    archive: str  # its source distribution, <stem>.tar.gz
    sha256: str
    build_system: str  # for the manual
    package: str  # what is imported
    served_modules: int  # how many extension modules get NumPy's tables from cython-ufunc: Cython's at least
    build_settings: Sequence[str]  # pip's --config-settings, for all variants
    vendored: bool  # cython-ufunc is copied into subprojects/; else CMake finds an installed one
    test_files: Mapping[str, str]  # of the source distribution; where the tests find them (the wheel is in installed/)
    test_arguments: Sequence[str]  # pytest's
    random_tests: Mapping[str, str]  # tests whose outcome is a matter of chance, with the reason

    @property
    def stem(self) -> str:
        """The name of the folder in the source distribution."""
        return self.archive[: -len(".tar.gz")]

    @property
    def version(self) -> str:
        """The release."""
        return self.stem.rpartition("-")[2]

    def patches(self, variant: str) -> List[str]:
        """The names of the patches of a variant, in the order to apply them in."""
        names = {
            PLAIN: [],
            CONVERTED: [f"{self.name}.patch"],
            SHARED: [f"{self.name}.patch", f"{self.name}-shared-utility.patch"],
        }
        return names[variant]


_SCIKIT_IMAGE = Project(
    name="scikit-image",
    archive="scikit_image-0.26.0.tar.gz",
    sha256="f5f970ab04efad85c24714321fcc91613fcb64ef2a892a13167df2f3e59199fa",
    build_system="Meson, by meson-python",
    package="skimage",
    served_modules=54,  # two of them Pythran's, which have the same dependencies
    build_settings=["compile-args=-j{jobs}"],
    vendored=True,
    # Data that the wheel leaves out is found beside that which it has.
    test_files={"pyproject.toml": "pyproject.toml", "tests": "tests", "src/skimage/data": "installed/skimage/data"},
    # Its own options would stop after five failures.
    test_arguments=["--override-ini=addopts=--strict-config --strict-markers", "tests"],
    random_tests={},
)

_SISL = Project(
    name="sisl",
    archive="sisl-0.20.0.tar.gz",
    sha256="b590b24030947a040ab6144e10dcf36b4d6c1fac2868fe880002a1869716e05e",
    build_system="CMake, by scikit-build-core",
    package="sisl",
    served_modules=17,
    # Its Fortran modules are made by f2py, and would need a Fortran compiler.
    build_settings=["cmake.define.WITH_FORTRAN=OFF"],
    vendored=False,
    test_files={"pyproject.toml": "pyproject.toml"},
    # In one process: one of its fixtures removes the folder of temporary files, unless pytest's lock is in it.
    test_arguments=["-n0", "--override-ini=addopts=", "installed/sisl", "installed/sisl_toolbox"],
    random_tests={},
)

PROJECTS: Dict[str, Project] = {project.name: project for project in (_SCIKIT_IMAGE, _SISL)}
