# SPDX-License-Identifier: BSD-3-Clause
"""`cython-ufunc init`: a new package, made from templates/package/."""

import pkgutil
import re
import sys
import sysconfig
from pathlib import Path
from typing import Dict, Sequence, Set

from cython_ufunc import names, tree
from cython_ufunc.commands.vendor import new_copy
from cython_ufunc.commands.wrap import make_wrap
from cython_ufunc.errors import PROGRAM, UserError
from cython_ufunc.usage import Parser

CMAKE = "cmake"
MESON = "meson"
# What the templates have instead of the new package's name, and of the name to import it by.
_NAME = "template-package"
_IMPORT_NAME = "template_package"
# Where a package that CMake builds has its copy of cython-ufunc.
_COPY = f"third_party/{PROGRAM}"
# A project's name on a package index: https://packaging.python.org/en/latest/specifications/name-normalization/
_NAME_FORMAT = r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?"
# Packages that a new one is built and tested with.
_IN_USE = {"cython", "cython_ufunc", "mesonpy", "ninja", "numpy", "pytest", "scikit_build_core"}


def _standard_library() -> Set[str]:
    known = getattr(sys, "stdlib_module_names", None)  # since Python 3.10
    if known is not None:
        return set(known)
    found = pkgutil.iter_modules([sysconfig.get_path("stdlib")])
    return {*sys.builtin_module_names, *(module.name for module in found)}


def import_name_of(name: str) -> str:
    """The name to import the package `name` by. Raises UserError when `name` cannot be that of a package."""
    if not re.fullmatch(_NAME_FORMAT, name):
        raise UserError(
            f"'{name}' cannot name a package: its name has letters and digits of ASCII, and '-', '_' and '.' between "
            "them. Choose one such as 'my-package'."
        )
    import_name = re.sub(r"[-_.]+", "_", name)
    names.check_module_name(import_name)
    if import_name.lower() in _IN_USE or import_name in _standard_library():
        owner = (
            "a package that it is built or tested with"
            if import_name.lower() in _IN_USE
            else "a module of Python's own"
        )
        raise UserError(f"'{name}' cannot name a package: 'import {import_name}' means {owner}. Choose another.")
    return import_name


def _template_files(build_system: str) -> Dict[str, bytes]:
    contents = {}
    for folder in ("common", build_system):
        top = tree.root() / "templates" / "package" / folder
        for path in tree.files_below(top):
            contents[path.relative_to(top).as_posix()] = path.read_bytes()
    return contents


def package_files(name: str, build_system: str) -> Dict[str, bytes]:
    """The content of each file of a new package, by its name below the package's folder. cython-ufunc is among them.

    `build_system` is CMAKE or MESON. Raises UserError when `name` cannot be that of a package.
    """
    values = {_NAME: name, _IMPORT_NAME: import_name_of(name)}
    token = re.compile("|".join(map(re.escape, values)))

    def fill_in(text: str) -> str:
        return token.sub(lambda match: values[match[0]], text)

    contents = {
        fill_in(path): fill_in(content.decode("utf-8")).encode("utf-8")
        for path, content in _template_files(build_system).items()
    }
    if build_system == MESON:
        wrap = make_wrap()
        contents[f"subprojects/{PROGRAM}.wrap"] = wrap.text.encode("utf-8")
        contents[f"subprojects/packagefiles/{wrap.archive_name}"] = wrap.archive
    else:
        contents.update({f"{_COPY}/{path}": content for path, content in new_copy().items()})
    return contents


def make_package(name: str, build_system: str) -> Path:
    """Makes the folder `name` in the working directory, with a new package; returns it.

    Raises UserError, having changed nothing, when the folder has anything in it but a repository.
    """
    contents = package_files(name, build_system)
    folder = Path(name)
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file. Nothing was changed. Choose another name, or run the command elsewhere.")
    if folder.is_dir() and any(entry.name != ".git" for entry in folder.iterdir()):
        raise UserError(
            f"{folder} has files in it. Nothing was changed. Choose another name, or run the command elsewhere."
        )
    for path, content in contents.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def main(arguments: Sequence[str]) -> int:
    """Runs the command; returns its exit code."""
    parser = Parser(
        "init",
        description="Makes a new package in a folder of its name, with a compiled module, a test and a CI workflow. "
        "It overwrites nothing.",
    )
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--cmake", dest="build_system", action="store_const", const=CMAKE, help="built by CMake (default)"
    )
    group.add_argument("--meson", dest="build_system", action="store_const", const=MESON, help="built by Meson")
    parser.add_argument("name", help="the package's name, such as my-package")
    parser.set_defaults(build_system=CMAKE)
    options = parser.parse_or_fail(arguments)
    try:
        folder = make_package(options.name, options.build_system)
    except OSError as error:
        raise UserError(
            f"the folder {options.name} cannot be written: {error}. Correct that, or run the command elsewhere."
        ) from None
    print(f"{folder} is a new package. In it, 'pip install .' installs it, and 'python ci/check.py' tests it.")
    return 0
