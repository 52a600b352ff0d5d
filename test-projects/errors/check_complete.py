# SPDX-License-Identifier: BSD-3-Clause
"""Checks that each error message and warning of the CMake functions and of the transpiler was given in one of the tests before.

Usage: check_complete.py <folder>, the one that run_case.py and other tests noted messages in
"""

import ast
import json
import re
import sys
from pathlib import Path
from typing import Iterator, List, Optional, Tuple

ROOT = Path(__file__).resolve().parent.parent.parent
SKIPPED = 77

Place = Tuple[Path, int]


def failing_lines() -> Iterator[Place]:
    """The places in cmake/ that end the configuration, or warn."""
    for path in sorted((ROOT / "cmake").rglob("*.cmake")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines, 1):
            wrapped = path.name == "errors.cmake"  # it has the one message() that the others call
            if "_cython_ufunc_fail(" in line and "function(" not in line:
                yield path, number
            elif (
                "message(" in line
                and re.search("FATAL_ERROR|WARNING", "".join(lines[number - 1 : number + 2]))
                and not wrapped
            ):
                yield path, number


def cmake_problems() -> Iterator[Tuple[Place, str]]:
    """Each text in cmake/ that becomes a part of a message, as a regex."""
    for path in sorted((ROOT / "cmake").rglob("*.cmake")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            match = re.search(r'set\(problem "([^"]+)"\)', line)
            if match:
                yield (path, number), ".*".join(map(re.escape, re.split(r"\$\{\w+\}", match[1])))


def regex_of(text: ast.expr) -> str:
    """What a string in Python's source makes, as a regex; empty for one with hardly a letter of its own."""
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    fixed = [str(part.value) if isinstance(part, ast.Constant) else None for part in parts]
    if sum(len(part) for part in fixed if part) < 8:
        return ""
    return "".join(".*" if part is None else re.escape(part) for part in fixed)


def transpiler_messages() -> Iterator[Tuple[Place, str]]:
    """Each message, or part of one, in the transpiler, as a regex."""
    for path in sorted((ROOT / "transpiler").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text: Optional[ast.expr] = None
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("UserError", "Problem"):
                text = node.args[0]
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "problem":
                text = node.value
            if text and regex_of(text):
                yield (path, text.lineno), regex_of(text)


def in_tree(path: str) -> str:
    """`path` below the tree of cython-ufunc that it is in: a test may make a copy of the tree."""
    return path[path.rfind("/cmake/") :] if "/cmake/" in path else path


def main(folder: Path) -> None:
    notes = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    skipped = [note["skipped"] for note in notes if "skipped" in note]
    if skipped:
        print(f"Skipped, as these were: {', '.join(skipped)}")
        sys.exit(SKIPPED)
    sites = {in_tree(note["site"]) for note in notes}
    texts = [note["text"] for note in notes]
    missing: List[Place] = [place for place in failing_lines() if in_tree("{}:{}".format(*place)) not in sites]
    missing += [
        place
        for place, regex in [*cmake_problems(), *transpiler_messages()]
        if not any(re.search(regex, text) for text in texts)
    ]
    if missing:
        places = "\n".join("  {}:{}".format(*place) for place in missing)
        sys.exit(f"No test has seen these messages:\n{places}")
    print(f"{len(set(failing_lines()))} failing calls, all seen in {len(texts)} messages")


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "messages")
