# SPDX-License-Identifier: BSD-3-Clause
# What ci/faults does to builds; each test is the quick part of one of its subjects.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    get_meson(meson)
    foreach(subject IN ITEMS kills file-systems workers hostile-names)
        add_test(
            NAME faults.${subject}
            COMMAND
                "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/ci/faults" ${subject} --quick --scratch
                "${CMAKE_CURRENT_BINARY_DIR}/faults" --python "${Python_EXECUTABLE}" --meson "${meson}"
        )
        set_tests_properties(faults.${subject} PROPERTIES FIXTURES_REQUIRED environment.meson)
    endforeach()
else()
    message(STATUS "Not tested: builds that are killed or hindered, by ci/faults, which needs Linux's /proc")
endif()
