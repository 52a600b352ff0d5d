if(Python_VERSION VERSION_LESS 3.9)
    message(STATUS "Not tested: meson-python-package, which needs NumPy 2; found Python ${Python_VERSION}")
    return()
endif()
add_test_environment(_python meson-python meson-python ninja cython numpy)
add_test_environment(_clean_python numpy-alone numpy)
add_test(
    NAME meson-python-package
    COMMAND
        "${_python}" "${CMAKE_CURRENT_LIST_DIR}/check.py" "${CMAKE_CURRENT_BINARY_DIR}/meson-python-package"
        --clean-python "${_clean_python}"
)
set_tests_properties(
    meson-python-package
    PROPERTIES FIXTURES_REQUIRED "environment.meson-python;environment.numpy-alone"
)
