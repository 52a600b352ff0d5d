# SPDX-License-Identifier: BSD-3-Clause
# Modules whose use of NumPy's slots is known, audited; wrong input; the table of slots against the headers it was made from.
add_test_environment(_python audit capstone cython lief numpy)
set(_build "${CMAKE_CURRENT_BINARY_DIR}/audit-modules")
add_test(
    NAME audit.modules
    COMMAND "${_python}" "${CythonUfunc_SOURCE_DIR}/ci/audit-modules" --quick --build "${_build}"
)
set_tests_properties(audit.modules PROPERTIES FIXTURES_REQUIRED environment.audit FIXTURES_SETUP audit.modules)
add_test(
    NAME audit.input
    COMMAND
        "${_python}" "${CMAKE_CURRENT_LIST_DIR}/check_input.py" "${CMAKE_CURRENT_BINARY_DIR}/errors build" "${_build}"
)
# errors.complete reads its messages.
set_tests_properties(
    audit.input
    PROPERTIES FIXTURES_SETUP errors.noted FIXTURES_REQUIRED "errors.nothing-wrong;environment.audit;audit.modules"
)
add_test(NAME audit.slots COMMAND "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/ci/numpy-slots" --check)
