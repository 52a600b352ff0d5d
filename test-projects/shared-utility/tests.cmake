get_meson(_meson)
# Cython's own code cannot be shared before 3.2; the package is the same then, with an empty module.
add_test_environment(_old_python cython-3.0.9 cython==3.0.9 numpy)
add_test_project(
    shared-utility-cython-3.0.9
    PROJECT shared-utility
    PYTHON "${_old_python}"
    ENVIRONMENT cython-3.0.9
    CHECK_ARGS --without
)
if(Python_VERSION VERSION_LESS 3.9)
    message(STATUS "Not tested: the shared utility module of Cython 3.3: found Python ${Python_VERSION}, 3.9 is needed")
    return()
endif()
# The first with one.
add_test_environment(_first_python cython-3.2.0 cython==3.2.0 numpy)
add_test_project(
    shared-utility-cython-3.2.0
    PROJECT shared-utility
    PYTHON "${_first_python}"
    ENVIRONMENT cython-3.2.0
    CONFIGURE_ARGS -DCMAKE_BUILD_TYPE=Release
)
add_test_project(shared-utility CONFIGURE_ARGS -DCMAKE_BUILD_TYPE=Release)
# Makefiles and several configurations tie the modules to it in other ways: each module is built alone first.
foreach(_generator IN ITEMS "Unix Makefiles" "Ninja Multi-Config")
    string(MAKE_C_IDENTIFIER "${_generator}" _id)
    add_test_project(shared-utility-${_id} PROJECT shared-utility GENERATOR "${_generator}" NO_BUILD)
    add_test(
        NAME shared-utility-${_id}.build-one
        COMMAND "${CMAKE_COMMAND}" --build "${shared-utility-${_id}_BUILD_DIR}" --target sums
    )
    set_tests_properties(
        shared-utility-${_id}.build-one
        PROPERTIES FIXTURES_REQUIRED shared-utility-${_id}.configured FIXTURES_SETUP shared-utility-${_id}.one
    )
    add_test(
        NAME shared-utility-${_id}.import-test
        COMMAND
            "${CMAKE_CTEST_COMMAND}" --test-dir "${shared-utility-${_id}_BUILD_DIR}" -C Debug --no-tests=error -R sums
    )
    set_tests_properties(shared-utility-${_id}.import-test PROPERTIES FIXTURES_REQUIRED shared-utility-${_id}.one)
endforeach()

add_meson_test_project(
    shared-utility
    SETUP_ARGS -Dpython.platlibdir=/ -Dpython.purelibdir=/
    CHECK_ARGS --meson "${_meson}"
)
