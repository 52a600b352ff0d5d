if(Python_VERSION VERSION_LESS 3.10)
    message(
        STATUS
        "Not tested: type stubs, whose project has annotations of Python 3.10; found Python ${Python_VERSION}"
    )
    return()
endif()
add_test_environment(_python type-stubs mypy cython numpy)
add_test_project(
    type-stubs
    PYTHON "${_python}"
    ENVIRONMENT type-stubs
    CHECK_ARGS "${CMAKE_COMMAND}" --install "${CMAKE_CURRENT_BINARY_DIR}/type-stubs build" --prefix
)
get_meson(_meson)
add_meson_test_project(
    type-stubs
    PYTHON "${_python}"
    ENVIRONMENT type-stubs
    CHECK_ARGS "${_meson}" install --no-rebuild -C "${CMAKE_CURRENT_BINARY_DIR}/type-stubs meson/build" --destdir
)
