# SPDX-License-Identifier: BSD-3-Clause
"""Checks that errors.rst explains every error message in the code, and no other.

The code is that of the CMake functions, the Meson subproject, the transpiler, the runtime, and what the transpiler and
the headers have the compiler say by #error.

In errors.rst a message is a term of a definition list: its beginning in double backquotes, <what> for what varies.
"""

import ast
import re
import sys
from pathlib import Path
from typing import Iterator, List, Set

ROOT = Path(__file__).resolve().parent.parent
VARIES = "…"
PYTHON_CALLS = ("UserError", "warn", "Problem", "ConfigError", "CoverageException")
# What the transpiler's command line says of itself.
NOT_FOR_USERS = ("unknown argument", f"{VARIES}. See '", f"{VARIES}; expected one of")


def cmake_messages() -> Iterator[str]:
    """The texts given to _cython_ufunc_fail() and to message(), with what varies as one character."""
    beginning = re.compile(r'_cython_ufunc_fail\(\s*"\$\{caller\}"|message\(\s*(?:WARNING|FATAL_ERROR)')
    for path in (ROOT / "cmake").rglob("*.cmake"):
        text = path.read_text()
        for call in beginning.finditer(text):
            strings = re.match(r'(\s*"(?:[^"\\]|\\.)*")+', text[call.end() :])
            if strings:
                yield c_strings(strings[0])


def python_messages() -> Iterator[str]:
    """The texts of the transpiler's UserErrors and warnings."""
    for path in (ROOT / "transpiler").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PYTHON_CALLS:
                argument = node.args[0]
                values = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
                yield "".join(str(value.value) if isinstance(value, ast.Constant) else VARIES for value in values)


def c_strings(text: str) -> str:
    """The text of the string literals in `text`, which are joined, as in C and in CMake."""
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text)).replace('\\"', '"')


def runtime_messages() -> Iterator[str]:
    """The texts of the runtime's ImportErrors and of the exceptions that they are chained to."""
    for path in sorted((ROOT / "runtime" / "src").glob("*.cpp")):
        text = re.sub(r'"\s*CYTHON_UFUNC_NUMPY_VERSION\s*"', "%s", path.read_text())
        for call in re.finditer(r'(?:FromFormat\(|PyErr_Format\(\w+,)((?:\s*"(?:[^"\\]|\\.)*")+)', text):
            message = c_strings(call[1])
            if "%U at %U" not in message:
                yield message


def meson_messages() -> Iterator[str]:
    """The texts that the Meson subproject gives to error(), but for those of the transpiler that it hands on."""
    for path in sorted((ROOT / "meson").rglob("meson.build")):
        for call in re.finditer(r"\berror\(\s*('(?:[^'\\]|\\.)*')", path.read_text()):
            yield re.sub(r"@\d+@", VARIES, call[1][1:-1].replace("\\'", "'"))


def compiler_messages() -> Iterator[str]:
    """The texts of #error, in the headers that users' files see and in what the transpiler adds to a body."""
    for path in sorted((ROOT / "runtime" / "include").rglob("*.h")):
        yield from (c_strings(text) for text in re.findall(r"#error (.*)", path.read_text()))
    for name in ("body.py", "runtime_headers.py"):
        for node in ast.walk(ast.parse((ROOT / "transpiler" / "cython_ufunc" / "outputs" / name).read_text())):
            if isinstance(node, ast.Assign) and "problem" in ast.dump(node.targets[0]):
                texts = [value.value for value in ast.walk(node.value) if isinstance(value, ast.Constant)]
                text = texts[-1]  # the condition comes before it
                yield text.decode() if isinstance(text, bytes) else str(text)


def simplified(message: str) -> str:
    """`message` with what varies in it as one character."""
    message = re.sub(r"\$\{(?:[^{}]|\$\{[^{}]*\})*\}|(?:0x)?%[sUx]", VARIES, message)
    return re.sub(f"{VARIES}((: )?{VARIES})*", VARIES, message.strip())


def explained() -> List[str]:
    """The terms of errors.rst."""
    text = Path(__file__).with_name("errors.rst").read_text()
    return re.findall(r"^``(.*)``$", text, re.MULTILINE)


def main() -> int:
    """Prints what is missing and what is too much; returns 1 when something is."""
    terms = {term: re.sub(r"<[^<>=]+>(?!=)", VARIES, term) for term in explained()}
    problems: List[str] = []
    used: Set[str] = set()
    sources = (cmake_messages, python_messages, runtime_messages, meson_messages, compiler_messages)
    messages = set()
    for source in sources:
        found = {simplified(text) for text in source()}
        messages |= found
        if not found:
            problems.append(f"{source.__name__}() found nothing: how the code states messages must have changed")
    for message in sorted(messages):
        text = message[len(f"{VARIES}: ") :] if message.startswith(f"{VARIES}: ") else message
        matching = {term for term, beginning in terms.items() if text.startswith(beginning)}
        used |= matching
        if not matching and text != VARIES and not text.startswith(NOT_FOR_USERS):
            problems.append(f"not explained in errors.rst: {text}")
    if len(messages) < 50:
        problems.append(f"only {len(messages)} messages found: how the code states them must have changed")
    problems += [f"explained in errors.rst, but not in the code: {term}" for term in terms if term not in used]
    print("\n".join(problems) or f"errors.rst explains {len(messages)} messages")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
