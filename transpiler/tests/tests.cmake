# SPDX-License-Identifier: BSD-3-Clause
# The unit and property tests of the package, a CTest test for each file.
add_test_environment(_python transpiler-tests cython numpy pytest hypothesis)
add_test_environment(_other_python cython-3.0.9 cython==3.0.9 numpy)
file(GLOB _files CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/test_*.py")
foreach(_file IN LISTS _files)
    string(REGEX REPLACE ".*/test_(.*)\\.py$" "\\1" _name "${_file}")
    string(REPLACE "_" "-" _name "${_name}")
    add_test(
        NAME transpiler.${_name}
        COMMAND
            "${_python}" -m pytest --quiet "--basetemp=${CMAKE_CURRENT_BINARY_DIR}/transpiler ${_name}" --other-python
            "${_other_python}" "${_file}"
    )
    set_tests_properties(
        transpiler.${_name}
        PROPERTIES
            FIXTURES_REQUIRED "environment.transpiler-tests;environment.cython-3.0.9"
            ENVIRONMENT "CYTHON_UFUNC_TEST_NOTES=${CMAKE_CURRENT_BINARY_DIR}/errors build"
    )
endforeach()
# errors.complete reads the messages of these.
set_tests_properties(
    transpiler.command-line
    transpiler.commands
    transpiler.files-of-users
    PROPERTIES
        FIXTURES_SETUP errors.noted
        FIXTURES_REQUIRED "environment.transpiler-tests;environment.cython-3.0.9;errors.nothing-wrong"
)
