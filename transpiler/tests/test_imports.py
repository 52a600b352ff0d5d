# SPDX-License-Identifier: BSD-3-Clause
"""The imports between the files of the package only go down: there is no circle of files, and none of sub-packages."""

import ast
from pathlib import Path
from typing import Dict, List, Set

import cython_ufunc
import pytest

PACKAGE = Path(cython_ufunc.__file__).parent


def imports() -> Dict[str, Set[str]]:
    """For each module of the package, those of the package that it imports, in functions and for types too."""
    files = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}
    modules = {name[: -len(".__init__")] if name.endswith(".__init__") else name: path for name, path in files.items()}
    found: Dict[str, Set[str]] = {}
    for module, path in modules.items():
        tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        nodes = [node for node in tree if isinstance(node, ast.ImportFrom) and node.module and not node.level]
        names = {(f"{node.module}.{alias.name}", node.module) for node in nodes for alias in node.names}
        found[module] = {name if name in modules else parent for name, parent in names} & set(modules) - {module}
    return found


def circle_in(arrows: Dict[str, Set[str]]) -> List[str]:
    """One circle of `arrows`, as the names on it; an empty list where there is none."""
    done: Set[str] = set()

    def follow(name: str, way: List[str]) -> List[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(arrows.get(name, ())):
            circle = follow(other, [*way, name])
            if circle:
                return circle
        done.add(name)
        return []

    return next(filter(None, (follow(name, []) for name in sorted(arrows))), [])


def sub_package(module: str) -> str:
    """The sub-package of `module`, or the module itself where it is in none."""
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("of", ["files", "sub-packages"])
def test_no_circle(of: str) -> None:
    """Nothing is imported by what it imports."""
    arrows = imports()
    assert "cython_ufunc.step" in arrows["cython_ufunc.steps.transpile"]
    if of == "sub-packages":
        between: Dict[str, Set[str]] = {}
        for module, found in arrows.items():
            between.setdefault(sub_package(module), set()).update(map(sub_package, found))
        arrows = {name: found - {name, "cython_ufunc"} for name, found in between.items()}
    circle = circle_in(arrows)
    assert not circle, " -> ".join(circle)


def test_a_circle_is_found() -> None:
    """The search works."""
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert circle_in({"a": {"b", "c"}, "b": {"c"}}) == []
