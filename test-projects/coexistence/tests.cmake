add_test_project(coexistence)

# Built for another NumPy, and imported together with CMake's.
set(_target "")
if(Python_NumPy_VERSION VERSION_GREATER_EQUAL 2.0)
    set(_target SETUP_ARGS -Dcython-ufunc:numpy_target_version=2.0)
endif()
add_meson_test_project(coexistence ${_target} CHECK_ARGS "${coexistence_BUILD_DIR}")
set_property(TEST coexistence.meson.check APPEND PROPERTY FIXTURES_REQUIRED coexistence.built)
