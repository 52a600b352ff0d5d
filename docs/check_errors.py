# SPDX-License-Identifier: BSD-3-Clause
"""Checks that errors.rst explains every error message in the code, and no other.

In errors.rst a message is a term of a definition list: its beginning in double backquotes, <what> for what varies.
"""

import ast
import re
import sys
from pathlib import Path
from typing import Iterator, List, Set

ROOT = Path(__file__).resolve().parent.parent
VARIES = "…"
PYTHON_CALLS = ("UserError", "warn", "ConfigError", "CoverageException")
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
                yield "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', strings[0])).replace('\\"', '"')


def python_messages() -> Iterator[str]:
    """The texts of the transpiler's UserErrors and warnings."""
    for path in (ROOT / "transpiler").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PYTHON_CALLS:
                argument = node.args[0]
                values = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
                yield "".join(str(value.value) if isinstance(value, ast.Constant) else VARIES for value in values)


def runtime_messages() -> Iterator[str]:
    """The texts of the runtime's ImportErrors."""
    text = (ROOT / "runtime/src/import_error.cpp").read_text()
    for call in re.finditer(r'FromFormat\(((?:\s*"(?:[^"\\]|\\.)*")+)', text):
        message = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', call[1])).replace('\\"', '"')
        if "%U at %U" not in message:
            yield message


def simplified(message: str) -> str:
    """`message` with what varies in it as one character."""
    message = re.sub(r"\$\{(?:[^{}]|\$\{[^{}]*\})*\}|%[sU]", VARIES, message)
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
    messages = {simplified(text) for text in (*cmake_messages(), *python_messages(), *runtime_messages())}
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
