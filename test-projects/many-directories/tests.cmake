# Another interpreter than that of the tests, with the NumPy before 2.0.
if(Python_VERSION VERSION_GREATER_EQUAL 3.13)
    message(STATUS "Not tested: many-directories: NumPy 1.26 is for Python 3.12 and older; found ${Python_VERSION}")
    return()
endif()
add_test_environment(_other_python numpy-1 cython "numpy<2")
add_test_project(
    many-directories
    CONFIGURE_ARGS "-DPython3_EXECUTABLE=${_other_python}" -DCMAKE_BUILD_TYPE=Release
    CHECK_ARGS "${_other_python}"
)
set_tests_properties(many-directories.configure PROPERTIES FIXTURES_REQUIRED environment.numpy-1)
