add_test_project(manual-examples)
add_meson_test_project(manual-examples)

# Clang compiles for each processor of the list; CMake does not pass the option to other compilers.
find_program(CYTHON_UFUNC_TEST_CLANG clang)
find_program(CYTHON_UFUNC_TEST_CLANGXX clang++)
if(CYTHON_UFUNC_TEST_CLANG AND CYTHON_UFUNC_TEST_CLANGXX)
    list(GET Python_INCLUDE_DIRS 0 _python_headers)
    list(GET Python_NumPy_INCLUDE_DIRS 0 _numpy_headers)
    add_test(
        NAME macos.command-lines
        COMMAND
            "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check_macos.py"
            "${CMAKE_CURRENT_BINARY_DIR}/macos command lines" "-DCMAKE_C_COMPILER=${CYTHON_UFUNC_TEST_CLANG}"
            "-DCMAKE_CXX_COMPILER=${CYTHON_UFUNC_TEST_CLANGXX}" "-DPython_EXECUTABLE=${Python_EXECUTABLE}"
            "-DPython_INCLUDE_DIR=${_python_headers}" "-DPython_NumPy_INCLUDE_DIR=${_numpy_headers}"
            "-DCythonUfunc_DIR=${CythonUfunc_BINARY_DIR}/package"
    )
else()
    message(STATUS "Not tested: the command lines for macOS, as there is no Clang here")
endif()
