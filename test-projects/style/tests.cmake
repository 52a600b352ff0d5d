# SPDX-License-Identifier: BSD-3-Clause
# Formatters and linters, each a test lint.<tool>; `ci/lint --fix` mends the format.
if(Python_VERSION VERSION_LESS 3.11)
    message(STATUS "Not tested: lint.*: the tools need Python 3.11 or newer; found Python ${Python_VERSION}")
    return()
endif()

file(STRINGS "${CythonUfunc_SOURCE_DIR}/ci/lint-requirements.txt" requirements REGEX "==")
add_test_environment(lint_python linters ${requirements})
cmake_path(GET lint_python PARENT_PATH environment)
cmake_path(GET environment PARENT_PATH environment)
foreach(
    tool
    IN
    ITEMS gersemi clang-format clang-tidy ruff-check ruff-format mypy meson-format cython-lint check-jsonschema reuse
)
    add_test(
        NAME lint.${tool}
        COMMAND "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/ci/lint" --environment "${environment}" ${tool}
    )
    set_tests_properties(lint.${tool} PROPERTIES FIXTURES_REQUIRED environment.linters)
endforeach()
