# SPDX-License-Identifier: BSD-3-Clause
"""The workload that is real: all Cython modules of scikit-image, from its unmodified source distribution."""

import shutil
from pathlib import Path

from common.environment import ROOT
from common.fetch_sdist import fetch_sdist

from benchmark import process
from benchmark.tools import Tools
from benchmark.workload import Module, Workload

VERSION = "0.26.0"
_SHA256 = "f5f970ab04efad85c24714321fcc91613fcb64ef2a892a13167df2f3e59199fa"
_IN_CPP = {"feature._cascade", "feature._haar", "morphology._skeletonize_lee_cy", "util._remap"}
_HELPERS = {
    "restoration._unwrap_2d": "skimage/restoration/unwrap_2d_ljmu.c",
    "restoration._unwrap_3d": "skimage/restoration/unwrap_3d_ljmu.c",
}
_TEMPLATE = "skimage/morphology/_skeletonize_lee_cy.pyx"
_EDITED_MODULE = "skimage/_shared/geometry.pyx"
_EDITED_DECLARATIONS = "skimage/_shared/fused_numerics.pxd"

_CHECK = """
import importlib, pathlib, skimage
assert str(pathlib.Path(skimage.__file__).parent.parent) == {folder!r}, skimage.__file__
for name in {names!r}:
    module = importlib.import_module(name)
    assert module.__file__.startswith({folder!r}), module.__file__
import numpy
from skimage.measure import find_contours, label
from skimage.morphology import skeletonize
image = numpy.zeros((9, 9))
image[3:6, 2:7] = 1
assert label(image).max() == 1 and label(image).sum() == 15
assert len(find_contours(image, 0.5)) == 1
assert 0 < skeletonize(image).sum() < 15
"""


class ScikitImage(Workload):
    """The modules of scikit-image. To check them, its wheel has to be installed beside the tools."""

    name = "scikit-image"
    package = "skimage"
    definitions = ("NPY_NO_DEPRECATED_API=NPY_1_7_API_VERSION",)
    include_directories = ("skimage/_shared", "skimage/restoration", "skimage/feature")
    can_edit_declarations = False  # in none of its .pxd files does a small edit change the code of many modules

    def __init__(self) -> None:
        cache = ROOT / ".cache" / "scikit-image"
        self.directives = {"language_level": "3"}
        self._sdist = fetch_sdist("scikit-image", f"scikit_image-{VERSION}.tar.gz", _SHA256, cache)
        source = self._sdist / "src"
        files = [*source.rglob("*.pyx"), source / _TEMPLATE]
        self.modules = [self._module(path.relative_to(source).as_posix()) for path in sorted(set(files))]

    @staticmethod
    def _module(source: str) -> Module:
        name = source[: -len(".pyx")].replace("/", ".")
        short = name.split(".", 1)[1]
        helpers = (_HELPERS[short],) if short in _HELPERS else ()
        return Module(name, source, "c++" if short in _IN_CPP else "c", helpers)

    def write_sources(self, folder: Path) -> None:
        """See Workload."""
        package = folder / self.package
        shutil.copytree(self._sdist / "src" / self.package, package, ignore=shutil.ignore_patterns("data", "tests"))
        for build_file in package.rglob("meson.build"):
            build_file.unlink()

    def prepare(self, folder: Path, tools: Tools) -> None:
        """See Workload."""
        script = folder / self.package / "_build_utils" / "tempita.py"
        command = [tools.python, script, f"{_TEMPLATE}.in", "-o", Path(_TEMPLATE).parent]
        process.run(command, folder, tools.environment())

    def edit_module(self, folder: Path, turn: int) -> None:
        """See Workload."""
        with (folder / _EDITED_MODULE).open("a") as file:
            file.write(f"\n\ndef _edited_{turn}():\n    return {turn}\n")

    def edit_declarations(self, folder: Path, turn: int) -> None:
        """See Workload."""
        raise NotImplementedError

    def edit_comment(self, folder: Path, turn: int) -> None:
        """See Workload."""
        with (folder / _EDITED_DECLARATIONS).open("a") as file:
            file.write(f"# Comment {turn}.\n")

    def check(self, installed: Path, tools: Tools, scratch: Path) -> None:
        """See Workload."""
        wheel = process.output([tools.python, "-c", "import skimage; print(skimage.__path__[0])"], tools.environment())
        shutil.copytree(wheel, scratch / self.package, ignore=shutil.ignore_patterns("*.so", "*.pyd", "tests"))
        shutil.copytree(installed / self.package, scratch / self.package, dirs_exist_ok=True)
        names = [module.name for module in self.modules]
        environment = {**tools.environment(), "PYTHONPATH": str(scratch)}
        process.run([tools.python, "-"], scratch, environment, _CHECK.format(folder=str(scratch), names=names))
