# SPDX-License-Identifier: BSD-3-Clause
"""What the place of a source says: its module's name, and the folder that the module's packages start in."""

import os

PACKAGE_STEM = "__init__"


def name_of_source(source: str) -> str:
    """The qualified name of the module in `source`, by the packages around it: folders with an `__init__` file."""
    folder, file = os.path.split(source)
    name = os.path.splitext(file)[0]
    while any(
        os.path.isfile(os.path.join(folder, f"{PACKAGE_STEM}{extension}")) for extension in (".py", ".pyx", ".pxd")
    ):
        folder, package = os.path.split(folder)
        if not package:
            break
        name = f"{package}.{name}"
    return name


def source_root(source: str, module_name: str) -> str:
    """The folder that a module's packages start in, when `source` is where its name says; else the source's folder.

    Cython runs there, so that the paths it writes into the body are the same wherever the source tree is.
    """
    stem, _extension = os.path.splitext(source)
    relative = os.sep + module_name.replace(".", os.sep)
    if stem.endswith(relative):
        return stem[: -len(relative)] or os.sep
    return os.path.dirname(source)
