# SPDX-License-Identifier: BSD-3-Clause
"""The keywords of commands that gersemi cannot read from their definitions."""

import re
from pathlib import Path
from typing import Dict, List

CMAKE = Path(__file__).resolve().parent.parent / "cmake"


def _keywords(text: str, variable: str) -> List[str]:
    match = re.search(rf"set\({variable}\s([^)]*)\)", text)
    return match[1].split() if match else []


def _public_functions() -> Dict[str, Dict[str, List[str]]]:
    """The public functions, which hand their keywords to a macro."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(CMAKE.glob("*_*.cmake"))}
    return {
        name: {
            "front_positional_arguments": ["<first>"],
            "options": _keywords(text, "options"),
            "one_value_keywords": _keywords(text, "single"),
            "multi_value_keywords": _keywords(text, "multiple"),
        }
        for name, text in texts.items()
    }


_PYTHON_ADD_LIBRARY = {
    "front_positional_arguments": ["<name>"],
    "options": ["STATIC", "SHARED", "MODULE", "WITH_SOABI", "EXCLUDE_FROM_ALL"],
    "one_value_keywords": ["USE_SABI"],
}

command_definitions = {
    **_public_functions(),
    # In FindPython's own spelling.
    "Python_add_library": _PYTHON_ADD_LIBRARY,
    "Python3_add_library": _PYTHON_ADD_LIBRARY,
    "_cython_ufunc_transpile": {
        "front_positional_arguments": ["<out>", "<caller>", "<python>", "<source>", "<module_name>", "<directory>"],
        "one_value_keywords": ["LANGUAGE", "SHARED_UTILITY"],
        "multi_value_keywords": ["OPTIONS", "DIRECTIVES", "CYTHON_ARGS", "INCLUDE_DIRECTORIES", "DEPENDS"],
    },
    "_cython_ufunc_add_transpiler_rule": {
        "front_positional_arguments": ["<base>", "<command>", "<content>"],
        "one_value_keywords": ["PYTHON", "COMMENT", "CONDITION"],
        "multi_value_keywords": ["BYPRODUCTS", "DEPENDS"],
    },
}
