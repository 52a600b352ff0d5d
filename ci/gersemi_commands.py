# SPDX-License-Identifier: BSD-3-Clause
"""Tells gersemi of commands that it cannot read from their definitions."""

_PYTHON_ADD_LIBRARY = {
    "front_positional_arguments": ["<name>"],
    "options": ["STATIC", "SHARED", "MODULE", "WITH_SOABI", "EXCLUDE_FROM_ALL"],
    "one_value_keywords": ["USE_SABI"],
}

command_definitions = {
    # In FindPython's own spelling.
    "Python_add_library": _PYTHON_ADD_LIBRARY,
    "Python3_add_library": _PYTHON_ADD_LIBRARY,
    # It passes its keywords on, and parses only one of them itself.
    "_cython_ufunc_add_transpile_step": {
        "front_positional_arguments": ["<out_sources>", "<directory>"],
        "options": ["NO_NUMPY", "ANNOTATE", "LANGUAGE_WAS_READ"],
        "one_value_keywords": ["SOURCE", "MODULE_NAME", "LANGUAGE", "EXECUTABLE", "CONFIGURED_FOR"],
        "multi_value_keywords": ["HEADERS", "DIRECTIVES", "CYTHON_ARGS", "INCLUDE_DIRECTORIES", "DEPENDS"],
    },
}
