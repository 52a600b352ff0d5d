# SPDX-License-Identifier: BSD-3-Clause
# What ci/real-world is made of, which takes too long to be run here: its patches apply to the released packages, which
# configure then; it distinguishes the outcomes of test suites.
add_test(NAME real-world.outcomes COMMAND "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check_outcomes.py")

if(Python_VERSION VERSION_LESS 3.11)
    message(STATUS "Not tested: real-world.*.patches: the packages need Python 3.11; found ${Python_VERSION}")
    return()
endif()
set(_check "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check_patches.py" "${CMAKE_CURRENT_BINARY_DIR}/real-world")

get_meson(_meson)
add_test(
    NAME real-world.scikit-image.patches
    COMMAND ${_check} scikit-image --configure-with "${_meson}" --python "${Python_EXECUTABLE}"
)
set_tests_properties(
    real-world.scikit-image.patches
    PROPERTIES FIXTURES_REQUIRED "environment.meson;scikit-image-source"
)

if(CMAKE_VERSION VERSION_LESS 3.26)
    message(STATUS "Not tested: configuring the converted sisl, which needs CMake 3.26; found ${CMAKE_VERSION}")
    set(_configure "")
else()
    set(_configure --configure-with "${CMAKE_COMMAND}" --python "${Python_EXECUTABLE}")
endif()
add_test(NAME real-world.sisl.patches COMMAND ${_check} sisl ${_configure})
