# The builds that the manual's page on converting shows: those it starts from, and what becomes of them. All give one
# module; the test calls it.
if(Python_VERSION VERSION_LESS 3.9)
    message(STATUS "Not tested: converting.*: dependency('numpy') needs NumPy 2; found Python ${Python_VERSION}")
    return()
endif()
add_test_environment(
    _python
    converting
    cython
    cython-cmake
    numpy
    scikit-build
    setuptools
)
get_meson(_meson)
foreach(
    _build
    IN
    ITEMS
        from-setuptools
        from-usecython
        from-cython-cmake
        from-cmake-rules
        from-meson
        to-cmake
        to-cmake-transpile
        to-meson
)
    add_test(
        NAME converting.${_build}
        COMMAND
            "${_python}" "${CMAKE_CURRENT_LIST_DIR}/check.py" ${_build}
            "${CMAKE_CURRENT_BINARY_DIR}/converting/${_build}" --cython-ufunc "${CythonUfunc_BINARY_DIR}/package"
            --cmake "${CMAKE_COMMAND}" --meson "${_meson}"
    )
    set_tests_properties(converting.${_build} PROPERTIES FIXTURES_REQUIRED "environment.converting;environment.meson")
endforeach()
