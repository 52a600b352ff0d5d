# SPDX-License-Identifier: BSD-3-Clause
# The runtime, a shim and the headers under many warnings, by each compiler of the machine.
foreach(compiler IN ITEMS gcc clang)
    set(cxx_name g++)
    if(compiler STREQUAL "clang")
        set(cxx_name clang++)
    endif()
    find_program(CYTHON_UFUNC_TEST_${compiler} ${compiler})
    find_program(CYTHON_UFUNC_TEST_${cxx_name} ${cxx_name})
    if(NOT CYTHON_UFUNC_TEST_${compiler} OR NOT CYTHON_UFUNC_TEST_${cxx_name})
        message(STATUS "Not tested: warnings.${compiler}: there is no ${compiler} and ${cxx_name}")
        continue()
    endif()
    add_test(
        NAME warnings.${compiler}
        COMMAND
            "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check_warnings.py"
            "${CMAKE_CURRENT_BINARY_DIR}/warnings.${compiler}" --c-compiler "${CYTHON_UFUNC_TEST_${compiler}}"
            --cxx-compiler "${CYTHON_UFUNC_TEST_${cxx_name}}"
    )
endforeach()

# Formatters and linters, each a test lint.<tool>; `ci/lint --fix` fixes the format.
if(Python_VERSION VERSION_LESS 3.11)
    message(STATUS "Not tested: lint.*: the tools need Python 3.11 or newer; found Python ${Python_VERSION}")
    return()
endif()

file(STRINGS "${CythonUfunc_SOURCE_DIR}/ci/linting/requirements.txt" requirements REGEX "==")
add_test_environment(lint_python lint ${requirements})
cmake_path(GET lint_python PARENT_PATH environment)
cmake_path(GET environment PARENT_PATH environment)
file(STRINGS "${CythonUfunc_SOURCE_DIR}/ci/lint" tools REGEX "^    \"[a-z-]+\": Tool\\(")
list(TRANSFORM tools REPLACE "^    \"([a-z-]+)\".*" "\\1")
foreach(tool IN LISTS tools)
    add_test(
        NAME lint.${tool}
        COMMAND "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/ci/lint" --environment "${environment}" ${tool}
    )
    set_tests_properties(lint.${tool} PROPERTIES FIXTURES_REQUIRED environment.lint)
endforeach()
