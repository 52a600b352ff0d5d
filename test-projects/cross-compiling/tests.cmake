# As in a cross build, FindPython runs no interpreter. ci/windows and ci/aarch64 build it for other machines.
add_test_project(
    cross-compiling
    CONFIGURE_ARGS
        -UPython_EXECUTABLE
        "-DCYTHON_UFUNC_BUILD_PYTHON=${Python_EXECUTABLE}"
        "-DPython_INCLUDE_DIR=${Python_INCLUDE_DIRS}"
        "-DPython_NumPy_INCLUDE_DIR=${Python_NumPy_INCLUDE_DIRS}"
)
add_meson_test_project(cross-compiling)
