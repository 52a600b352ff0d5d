add_test_project(import-failures)

# Built with one NumPy and run on another.
if(Python_VERSION VERSION_GREATER_EQUAL 3.9 AND Python_VERSION VERSION_LESS 3.13)
    add_test_environment(old_numpy numpy-1.26 cython numpy==1.26.4)
    add_test(
        NAME import-failures.numpy-too-old
        COMMAND
            "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check.py" "${import-failures_BUILD_DIR}" --other-python
            "${old_numpy}" --expect doubling=works for_numpy_1_23=works for_numpy_2_0=2.0
    )
    set_tests_properties(
        import-failures.numpy-too-old
        PROPERTIES FIXTURES_REQUIRED "import-failures.built;environment.numpy-1.26"
    )
    add_test_project(
        import-failures-built-with-numpy-1.26
        PROJECT import-failures
        PYTHON "${old_numpy}"
        ENVIRONMENT numpy-1.26
        CHECK_ARGS
            --other-python
            "${Python_EXECUTABLE}"
            --expect
            doubling=too-new
            doubling_single=too-new
            for_numpy_1_23=too-new
    )
else()
    message(
        STATUS
        "Not tested: modules run on another NumPy than built with: Python ${Python_VERSION} has no NumPy 1.26"
    )
endif()

add_meson_test_project(import-failures)
