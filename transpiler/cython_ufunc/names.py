# SPDX-License-Identifier: BSD-3-Clause
"""Names that follow from a module's qualified name: its `PyInit_` function, its C symbols, its file."""

import keyword
import re
import unicodedata
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from cython_ufunc.errors import UserError
from cython_ufunc.source_place import PACKAGE_STEM


def check_module_name(name: str) -> None:
    """Raises UserError unless `name` is a dotted Python module name."""
    for part in name.split("."):
        if not part.isidentifier():
            raise UserError(
                f"'{name}' is not a module name: '{part}' is not a Python identifier. "
                "Give a dotted name of identifiers, such as 'mypkg.fastmath'."
            )
        if keyword.iskeyword(part):
            raise UserError(f"'{name}' is not a module name: '{part}' is a keyword of Python. Choose another.")
    if name == PACKAGE_STEM:
        raise UserError(f"'{name}' names no package. Give its name too, such as 'mypkg.{PACKAGE_STEM}'.")


def check_meson_target(body: Path, module_name: str) -> None:
    """Raises UserError when `body` is compiled into an extension that Python cannot import as `module_name`.

    Meson names the folder of what it generates for a target after the file that the target builds.
    """
    for suffix in EXTENSION_SUFFIXES:
        ending = f"{suffix}.p"
        if suffix == ".so" or not body.parent.name.endswith(ending):  # any shared library ends in .so
            continue
        file_stem = body.parent.name[: -len(ending)]
        expected = module_name.rpartition(".")[2]
        if unicodedata.normalize("NFC", file_stem) != unicodedata.normalize("NFC", expected):
            raise UserError(
                f"the target builds {file_stem}{suffix}, but the module is {module_name}, whose file is "
                f"{expected}{suffix}. Name the target '{expected}', or give the module's name by extra_args: "
                f"['--module-name={file_stem}']."
            )
        return


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


def c_symbol(kind: str, module_name: str) -> str:
    """The C identifier for what is of `kind` and the qualified name's: `cython_ufunc_init_of_mypkg_ofastmath`.

    A different one for each name, and none that the runtime declares: all of those differ before the name begins.
    """

    def escape(match: "re.Match[str]") -> str:
        character = match.group()
        return {"_": "__", ".": "_o"}.get(character, f"_u{ord(character):x}_")

    return f"cython_ufunc_{kind}_of_" + re.sub(r"[^A-Za-z0-9]", escape, module_name)


def c_string(name: str) -> str:
    """`name` as the inside of a C string literal: ASCII, which compilers read alike whatever the system's encoding."""
    return "".join(chr(byte) if byte < 0x80 else f"\\{byte:03o}" for byte in name.encode("utf-8"))


def in_comment(name: str) -> str:
    """`name` as it stands in a comment of a generated source: ASCII, for the same reason."""
    return name.encode("ascii", "backslashreplace").decode("ascii")
