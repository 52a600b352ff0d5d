# What Meson does around a project: one test for each scenario of check.py.
get_meson(_meson)
add_test_environment(_other_python cython-3.0.9 cython==3.0.9 numpy)
foreach(_scenario IN ITEMS exact_rebuilds variants installation errors)
    add_test(
        NAME meson-features.${_scenario}
        COMMAND
            "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check.py" "${CMAKE_CURRENT_BINARY_DIR}/meson-${_scenario}"
            --meson "${_meson}" --other-python "${_other_python}" ${_scenario}
    )
    set_tests_properties(
        meson-features.${_scenario}
        PROPERTIES FIXTURES_REQUIRED "environment.meson;environment.cython-3.0.9"
    )
endforeach()
