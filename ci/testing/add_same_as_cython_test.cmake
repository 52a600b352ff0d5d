# SPDX-License-Identifier: BSD-3-Clause

# Adds the test same-as-cython, which compares the bodies in the build directories of all projects that
# add_test_project() has built before with those that plain Cython makes.
function(add_same_as_cython_test)
    get_property(names GLOBAL PROPERTY CYTHON_UFUNC_BUILT_PROJECTS)
    set(build_dirs "")
    set(fixtures "")
    foreach(name IN LISTS names)
        get_test_project_build_dir(build_dir ${name})
        list(APPEND build_dirs "${build_dir}")
        list(APPEND fixtures ${name}.built)
    endforeach()
    add_test(
        NAME same-as-cython
        COMMAND
            "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/ci/testing/compare_with_cython.py"
            "${CMAKE_CURRENT_BINARY_DIR}/same-as-cython" --transpiler "${CythonUfunc_SOURCE_DIR}/transpiler"
            ${build_dirs}
    )
    set_tests_properties(same-as-cython PROPERTIES FIXTURES_REQUIRED "${fixtures}")
endfunction()
