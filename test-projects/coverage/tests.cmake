add_test_environment(_python coverage coverage cython numpy)
add_test_project(
    coverage
    PYTHON "${_python}"
    ENVIRONMENT coverage
    CONFIGURE_ARGS -DMYPKG_COVERAGE=ON
    CHECK_ARGS --install "${CMAKE_COMMAND}" --install "${CMAKE_CURRENT_BINARY_DIR}/coverage build" --prefix
)
get_meson(_meson)
add_meson_test_project(
    coverage
    PYTHON "${_python}"
    ENVIRONMENT coverage
    SETUP_ARGS -Dcython-ufunc:coverage=true
    CHECK_ARGS
        --install
        "${_meson}"
        install
        --no-rebuild
        -C
        "${CMAKE_CURRENT_BINARY_DIR}/coverage meson/build"
        --destdir
)

# Installed for development, in an environment with a build backend.
add_package_test(coverage-editable CHECK coverage/check_editable.py)
