# SPDX-License-Identifier: BSD-3-Clause
# The files of a release can be made, and are the same bytes each time.
if(Python_VERSION VERSION_LESS 3.11)
    message(STATUS "Not tested: release: its tools need Python 3.11 or newer; found Python ${Python_VERSION}")
elseif(NOT EXISTS "${CythonUfunc_SOURCE_DIR}/.git")
    message(STATUS "Not tested: release: a release is made from a git repository; this is none")
else()
    file(STRINGS "${CythonUfunc_SOURCE_DIR}/ci/releasing/requirements.txt" requirements REGEX "==")
    add_test_environment(_python release ${requirements})
    add_test(
        NAME release
        COMMAND
            "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/ci/release" --uncommitted --output
            "${CMAKE_CURRENT_BINARY_DIR}/release"
    )
    set_tests_properties(release PROPERTIES FIXTURES_REQUIRED environment.release)
endif()
