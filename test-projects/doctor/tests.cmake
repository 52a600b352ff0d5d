# The doctor examines what other test projects build, and what this one does.
add_test_environment(_python cython-3.0.9 cython==3.0.9 numpy)
add_test_project(doctor PYTHON "${_python}" ENVIRONMENT cython-3.0.9 NO_BUILD)
add_test(NAME doctor.build COMMAND "${CMAKE_COMMAND}" --build "${doctor_BUILD_DIR}")
set_tests_properties(doctor.build PROPERTIES FIXTURES_SETUP doctor.built FIXTURES_REQUIRED doctor.configured)

set(_fixtures doctor.built environment.cython-3.0.9)
set(_notes "${CMAKE_CURRENT_BINARY_DIR}/errors build")
set(_arguments "${_notes}" --build "${doctor_BUILD_DIR}")

# A module of Windows is read, and needs nothing but its compiler.
find_program(MINGW_GCC NAMES x86_64-w64-mingw32-gcc x86_64-w64-mingw32-gcc-posix)
if(MINGW_GCC)
    set(_windows_module "${CMAKE_CURRENT_BINARY_DIR}/windows_module.pyd")
    add_test(
        NAME doctor.windows-module
        COMMAND "${MINGW_GCC}" -shared -o "${_windows_module}" "${CMAKE_CURRENT_LIST_DIR}/windows_module.c"
    )
    set_tests_properties(doctor.windows-module PROPERTIES FIXTURES_SETUP doctor.windows-module)
    list(APPEND _fixtures doctor.windows-module)
    list(APPEND _arguments --windows-module "${_windows_module}")
else()
    message(STATUS "Not tested: the doctor on modules of Windows: MinGW-w64's compiler was not found")
endif()

add_test(NAME doctor.input COMMAND "${_python}" "${CMAKE_CURRENT_LIST_DIR}/check_input.py" ${_arguments})
# errors.complete reads the messages of both.
set_tests_properties(
    doctor.input
    PROPERTIES FIXTURES_SETUP errors.noted FIXTURES_REQUIRED "errors.nothing-wrong;${_fixtures}"
)

get_test_project_build_dir(_crash_and_cure crash-and-cure-cython-3.0.9)
get_meson_test_project_build_dir(_crash_and_cure_meson crash-and-cure-cython-3.0.9)
get_test_project_build_dir(_newest crash-and-cure)
list(
    APPEND _arguments
    --crash-and-cure
    "${_crash_and_cure}"
    --meson
    "${_crash_and_cure_meson}"
    --newest
    "${_newest}"
)
list(APPEND _fixtures crash-and-cure-cython-3.0.9.built crash-and-cure-cython-3.0.9.meson.built crash-and-cure.built)
if(Python_VERSION VERSION_GREATER_EQUAL 3.11)
    get_test_project_build_dir(_stable_abi stable-abi)
    list(APPEND _arguments --stable-abi "${_stable_abi}")
    list(APPEND _fixtures stable-abi.built)
endif()
if(Python_VERSION VERSION_GREATER_EQUAL 3.9 AND Python_VERSION VERSION_LESS 3.13)
    add_test_environment(_old_python numpy-1.26 cython numpy==1.26.4)
    get_test_project_build_dir(_for_numpy_2 import-failures)
    get_test_project_build_dir(_for_numpy_1 import-failures-built-with-numpy-1.26)
    list(
        APPEND _arguments
        --for-numpy-2
        "${_for_numpy_2}"
        --for-numpy-1
        "${_for_numpy_1}"
        --old-numpy
        "${_old_python}"
    )
    list(APPEND _fixtures import-failures.built import-failures-built-with-numpy-1.26.built environment.numpy-1.26)
endif()
add_test(NAME doctor.extensions COMMAND "${_python}" "${CMAKE_CURRENT_LIST_DIR}/check_extensions.py" ${_arguments})
set_tests_properties(
    doctor.extensions
    PROPERTIES FIXTURES_SETUP errors.noted FIXTURES_REQUIRED "errors.nothing-wrong;${_fixtures}"
)
