# SPDX-License-Identifier: BSD-3-Clause
"""The least that a build without changes can take: Ninja on a hand-written file with as many rules and files."""

import shutil
import subprocess
from pathlib import Path

from benchmark import process
from benchmark.tools import Tools
from benchmark.workload import Workload

_RULES = """
rule transpile
  command = touch $out && echo $out: {read_by_cython} > $out.d
  depfile = $out.d
  deps = gcc
rule compile
  command = {compiler} -M -MF $out.d -MT $out {include_arguments} all-headers.c && touch $out
  depfile = $out.d
  deps = gcc
rule link
  command = touch $out
"""
_MODULE = """
build {stem}.c: transpile {source}
build {stem}.o: compile {stem}.c
build {stem}.so: link {stem}.o
"""
_FACTS = (
    "import Cython, numpy, os, sysconfig\n"
    "root = os.path.dirname(Cython.__file__)\n"
    "print(sysconfig.get_paths()['include'], numpy.get_include(), root, os.path.dirname(numpy.__file__), sep='\\n')"
)


def prepare(workload: Workload, tools: Tools, folder: Path) -> None:
    """Builds below `folder`, by rules whose commands only name the files that the real ones read."""
    shutil.rmtree(folder, ignore_errors=True)
    workload.write_sources(folder)
    facts = subprocess.check_output([str(tools.python), "-c", _FACTS], text=True).splitlines()
    include, numpy_include, cython, numpy = facts
    read = [*sorted(Path(cython, "Includes", "cpython").glob("*.pxd")), Path(numpy, "__init__.pxd")]
    read += sorted((folder / workload.package).glob("*.pxd"))
    (folder / "all-headers.c").write_text("#include <Python.h>\n#include <numpy/arrayobject.h>\n")
    text = _RULES.format(
        read_by_cython=" ".join(map(str, read)),
        compiler=tools.c_compiler,
        include_arguments=f"-I{include} -I{numpy_include}",
    )
    text += "".join(_MODULE.format(stem=module.target, source=module.source) for module in workload.modules)
    (folder / "build.ninja").write_text(text)
    run(tools, folder)


def run(tools: Tools, folder: Path) -> process.Cost:
    """Runs Ninja there."""
    return process.run([tools.ninja, "-C", folder, f"-j{tools.jobs}"], folder, tools.environment())
