# SPDX-License-Identifier: BSD-3-Clause
"""Names that follow from a module's qualified name: its `PyInit_` function, its C symbols, its place on disk."""

import re
from pathlib import Path

from cython_ufunc.errors import UserError

PACKAGE_STEM = "__init__"


def check_module_name(name: str) -> None:
    """Raises UserError unless `name` is a dotted Python module name."""
    for part in name.split("."):
        if not part.isidentifier():
            raise UserError(
                f"'{name}' is not a module name: '{part}' is not a Python identifier. "
                "Give a dotted name of identifiers, such as 'mypkg.fastmath'."
            )


def is_package(module_name: str) -> bool:
    """True for the name of a package's own module, such as `mypkg.__init__`."""
    return module_name.rpartition(".")[2] == PACKAGE_STEM


def imported_name(module_name: str) -> str:
    """The name that `import` uses: `mypkg` for `mypkg.__init__`, else the module name itself."""
    return module_name[: -len(PACKAGE_STEM) - 1] if is_package(module_name) and "." in module_name else module_name


def pyinit_name(module_name: str) -> str:
    """The name of the module's initialisation function, by PEP 489: `PyInitU_mod_dma` for `modé`."""
    name = imported_name(module_name).rpartition(".")[2]
    if name.isascii():
        return f"PyInit_{name}"
    return "PyInitU_" + name.encode("punycode").decode("ascii").replace("-", "_")


def c_symbol(prefix: str, module_name: str) -> str:
    """A C identifier made of `prefix` and the qualified name, a different one for each name."""

    def escape(match: "re.Match[str]") -> str:
        character = match.group()
        return {"_": "__", ".": "_o"}.get(character, f"_u{ord(character):x}_")

    return prefix + re.sub(r"[^A-Za-z0-9]", escape, module_name)


def source_root(source: Path, module_name: str) -> Path:
    """The folder that a module's packages start in, when `source` lies where its name says; else the source's folder.

    Cython runs there, so that the paths it writes into the body are the same wherever the source tree is.
    """
    relative = Path(*module_name.split(".")).with_suffix(source.suffix)
    depth = len(relative.parts)
    return source.parents[depth - 1] if source.parts[-depth:] == relative.parts else source.parent
