# SPDX-License-Identifier: BSD-3-Clause
"""Checks that the manual's lists of keywords, options and keys are those of the code.

Usage: check_keywords.py --meson <program> --python <interpreter with Cython and NumPy>

* reference-both.rst has a table for each public CMake function, with each of its keywords in the first column. The
  Meson column names each option of the subproject, and each of the transpiler's that the rules do not set themselves.
* The signature in the comment of a CMake function has its keywords.
* meson.rst has each option of the subproject, with its default, and each key of the dictionary that it gives, which
  Meson itself is asked for.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, Iterator, List, Set

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "transpiler"))

# What the rules of both build systems give the transpiler.
SET_BY_RULES = {
    "--body",
    "--configured-for",
    "--cython-args",
    "--depfile",
    "--depfile-root",
    "--header",
    "--language",
    "--language-was-read",
    "--limited-api",
    "--shim",
    "--stamp",
    "--worker-directory",
}
PROJECT = """project('keys', 'c', 'cpp', meson_version: '>=1.4.0')
subproject = subproject('cython-ufunc', default_options: {'shared_utility': '_cyutility'})
cython_ufunc = subproject.get_variable('cython_ufunc')
foreach key, value : cython_ufunc
  message('key: ' + key)
endforeach
"""


def keywords_in_code(text: str) -> Set[str]:
    """The keywords that a file of cmake/ gives to cmake_parse_arguments(), by its variables for them."""
    found: Set[str] = set()
    for name in ("options", "single", "multiple"):
        for definition in re.findall(rf"set\({name}\s([^)]*)\)", text):
            found |= set(definition.split())
    return found


def public_functions() -> Dict[str, str]:
    """The text of the file of each public function, by the function's name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "cmake").glob("*_*.cmake"))}


def signature(text: str) -> str:
    """The first code-block in the comment of a CMake function."""
    match = re.search(r"\.\. code-block:: cmake\n\n((?: {4}.*\n|\n)+)", text)
    return match[1] if match else ""


def tables(text: str) -> Iterator[List[List[str]]]:
    """The rows of each list-table in a page, without the header; a row is a list of cells."""
    for table in re.split(r"^\.\. list-table::", text, flags=re.MULTILINE)[1:]:
        body = re.split(r"\n(?=\S)", table)[0]
        rows = [re.split(r"\n {4}- ", row) for row in re.split(r"\n {2}\* - ", body)]
        yield [[rows[0][0].splitlines()[0]], *rows[2:]]


def defaults_of_meson() -> Iterator[str]:
    """The options of the subproject with their defaults: `name = default`, for an empty text `name = none`."""
    text = (ROOT / "meson.options").read_text(encoding="utf-8")
    for name, value in re.findall(r"^option\(\s*'(\w+)',[^)]*?\bvalue: ('[^']*'|\w+)", text, re.MULTILINE):
        default = value.strip("'") or "none"
        yield f"{name} = {default}"


def options_of_transpiler() -> Set[str]:
    """The options of the command that transpiles one source."""
    from cython_ufunc.step import COMMANDS, TRANSPILE

    return set(COMMANDS[TRANSPILE].options)


def keys_of_meson(meson: str, python: str) -> Set[str]:
    """The keys of the dictionary that the subproject gives with all options that add some."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "meson.build").write_text(PROJECT, encoding="utf-8")
        (project / "subprojects").mkdir()
        (project / "subprojects" / "cython-ufunc").symlink_to(ROOT, target_is_directory=True)
        (project / "native.ini").write_text(f"[binaries]\npython = '{python}'\n", encoding="utf-8")
        command = [meson, "setup", "--native-file", "native.ini", "build"]
        done = subprocess.run(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}")
    return set(re.findall(r"Message: key: (\w+)", done.stdout))


def compare(what: str, found: Set[str], expected: Set[str]) -> Iterator[str]:
    """What is missing in `found`, and what is too much."""
    for name in sorted(expected - found):
        yield f"{what} lacks {name}"
    for name in sorted(found - expected):
        yield f"{what} has {name}, which the code has not"


def check_cmake(in_tables: Dict[str, Set[str]]) -> Iterator[str]:
    """Compares the keywords of CMake's functions with signatures and tables."""
    functions = public_functions()
    yield from compare("reference-both.rst, its list of functions,", set(in_tables), set(functions))
    for name, text in functions.items():
        keywords = keywords_in_code(text)
        if not keywords:
            yield f"no keywords found in the code of {name}(): how the code states them must have changed"
        in_signature = set(re.findall(r"\b[A-Z][A-Z0-9_]{2,}\b", signature(text))) - {"CXX", "GENERATE", "NONE"}
        yield from compare(f"the signature in the comment of {name}()", in_signature, keywords)
        yield from compare(f"reference-both.rst, the table of {name}(),", in_tables.get(name, set()), keywords)


def check_meson(meson_cells: str, keys: Set[str]) -> Iterator[str]:
    """Compares the options and keys of Meson with what the Meson columns and meson.rst name."""
    options = {text.split(" = ")[0] for text in defaults_of_meson()}
    yield from compare(
        "reference-both.rst, its Meson column,", set(re.findall(r"option\s+``(\w+)``", meson_cells)), options
    )
    named = set(re.findall(r"(--[a-z][a-z-]+)", meson_cells))
    yield from compare("reference-both.rst, its Meson column,", named, options_of_transpiler() - SET_BY_RULES)
    for key in sorted(set(re.findall(r"cython_ufunc\['(\w+)'\]", meson_cells)) - keys):
        yield f"reference-both.rst, its Meson column, has cython_ufunc['{key}'], which the subproject does not give"
    in_tables = {
        title: {row[0]: row[1] for row in rows}
        for (title,), *rows in tables((DOCS / "meson.rst").read_text(encoding="utf-8"))
    }
    documented = " ".join(in_tables.get(" The dictionary ``cython_ufunc``", {}))
    yield from compare("meson.rst, its table of keys,", set(re.findall(r"``(\w+)``", documented)), keys)
    rows = in_tables.get(" The options of the subproject", {})
    defaults = {f"{name.strip('`')} = {default.strip('`')}" for name, default in rows.items()}
    yield from compare("meson.rst, its table of options,", defaults, set(defaults_of_meson()))


def main() -> int:
    """Prints what differs; returns 1 when something does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--meson", default="meson")
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    in_tables: Dict[str, Set[str]] = {}
    meson_cells = ""
    for (title,), *rows in tables((DOCS / "reference-both.rst").read_text(encoding="utf-8")):
        meson_cells += "".join(row[1] for row in rows)
        match = re.search(r"``(\w+)\(\)``", title)
        if match:
            first_cells = " ".join(row[0] for row in rows)
            in_tables[match[1]] = set(re.findall(r"``([A-Z][A-Z0-9_]{2,})\b", first_cells))
    keys = keys_of_meson(options.meson, options.python)
    problems = [*check_cmake(in_tables), *check_meson(meson_cells, keys)]
    count = sum(map(len, in_tables.values()))
    print("\n".join(problems) or f"the manual has all {count} keywords and {len(keys)} keys")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
