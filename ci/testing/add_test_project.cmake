# SPDX-License-Identifier: BSD-3-Clause

# Adds the tests <name>.configure, <name>.build and <name>.check, which configure and build the project below
# test-projects/ in a directory with a space in its name, then run its check.py on the modules built.
#   PROJECT <folder>         default: <name>
#   CHECK <script>           below test-projects/; default: <folder>/check.py
#   PYTHON <interpreter>     default: the one that runs the tests
#   ENVIRONMENT <name>       the fixture environment.<name> that makes PYTHON (see add_test_environment)
#   GENERATOR <generator>    default: this build's
#   CONFIGURE_ARGS <arg> ... further arguments of cmake
#   CHECK_ARGS <arg> ...     arguments of check.py, after the build directory
#   NO_BUILD                 leaves <name>.build and <name>.check out
# Sets <name>_BUILD_DIR in the caller.
function(add_test_project name)
    cmake_parse_arguments(
        PARSE_ARGV 1
        arg
        "NO_BUILD"
        "PROJECT;CHECK;PYTHON;ENVIRONMENT;GENERATOR"
        "CONFIGURE_ARGS;CHECK_ARGS"
    )
    set_test_project_defaults(add_test_project)
    if(NOT arg_GENERATOR)
        set(arg_GENERATOR "${CMAKE_GENERATOR}")
    endif()
    set(source_dir "${CythonUfunc_SOURCE_DIR}/test-projects/${arg_PROJECT}")
    get_test_project_build_dir(build_dir ${name})
    set(fixtures "")
    if(arg_ENVIRONMENT)
        set(fixtures "environment.${arg_ENVIRONMENT}")
    endif()
    add_test(
        NAME ${name}.configure
        COMMAND
            "${CMAKE_COMMAND}" -S "${source_dir}" -B "${build_dir}" -G "${arg_GENERATOR}"
            "-DCMAKE_C_COMPILER=${CMAKE_C_COMPILER}" "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}"
            "-DPython_EXECUTABLE=${arg_PYTHON}" "-DCythonUfunc_DIR=${CythonUfunc_BINARY_DIR}/package"
            ${arg_CONFIGURE_ARGS}
    )
    set_tests_properties(${name}.configure PROPERTIES FIXTURES_SETUP ${name}.configured FIXTURES_REQUIRED "${fixtures}")
    set(${name}_BUILD_DIR "${build_dir}" PARENT_SCOPE)
    if(arg_NO_BUILD)
        return()
    endif()
    set_property(GLOBAL APPEND PROPERTY CYTHON_UFUNC_BUILT_PROJECTS ${name})
    add_test(NAME ${name}.build COMMAND "${CMAKE_COMMAND}" --build "${build_dir}")
    set_tests_properties(${name}.build PROPERTIES FIXTURES_SETUP ${name}.built FIXTURES_REQUIRED ${name}.configured)
    add_test(
        NAME ${name}.check
        COMMAND "${arg_PYTHON}" "${CythonUfunc_SOURCE_DIR}/test-projects/${arg_CHECK}" "${build_dir}" ${arg_CHECK_ARGS}
        WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}"
    )
    set_tests_properties(${name}.check PROPERTIES FIXTURES_REQUIRED ${name}.built ENVIRONMENT "PYTHONPATH=${build_dir}")
endfunction()

# Sets <out> to the build directory of the test project <name>, which another tests.cmake may add.
function(get_test_project_build_dir out name)
    set(${out} "${CMAKE_CURRENT_BINARY_DIR}/${name} build" PARENT_SCOPE)
endfunction()
