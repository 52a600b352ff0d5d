if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    add_test(
        NAME worker.check
        COMMAND
            "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check.py" "${CMAKE_CURRENT_BINARY_DIR}/worker"
            --transpiler "${CythonUfunc_SOURCE_DIR}/transpiler/cython_ufunc_main.py"
    )
else()
    message(STATUS "Not tested: the warm transpiler's processes, which the test looks up in Linux's /proc")
endif()

# Needs all of the other projects: these files are included in alphabetical order.
get_property(_names GLOBAL PROPERTY CYTHON_UFUNC_BUILT_PROJECTS)
get_property(_build_dirs GLOBAL PROPERTY CYTHON_UFUNC_BUILD_DIRS)
list(TRANSFORM _names APPEND ".built")
add_test(
    NAME same-as-cython
    COMMAND
        "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/compare.py" "${CMAKE_CURRENT_BINARY_DIR}/same-as-cython"
        --transpiler "${CythonUfunc_SOURCE_DIR}/transpiler" ${_build_dirs}
)
set_tests_properties(same-as-cython PROPERTIES FIXTURES_REQUIRED "${_names}")
