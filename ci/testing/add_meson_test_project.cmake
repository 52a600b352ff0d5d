# SPDX-License-Identifier: BSD-3-Clause

# Adds the tests <name>.meson.setup, <name>.meson.compile and <name>.meson.check, which build the project below
# test-projects/ with Meson, from a copy that has cython-ufunc among its subprojects, in a directory with a space in
# its name, then run its check.py on the modules built.
#   PROJECT <folder>         default: <name>
#   CHECK <script>           below test-projects/; default: <folder>/check.py
#   PYTHON <interpreter>     default: the one that runs the tests
#   ENVIRONMENT <name>       the fixture environment.<name> that makes PYTHON (see add_test_environment)
#   WRAP <repository>        get cython-ufunc from this git repository by a wrap file, instead of vendored
#   FLAGS <NAME=flags> ...   the environment's CFLAGS, CXXFLAGS and LDFLAGS; default: none, whatever they are
#   SETUP_ARGS <arg> ...     further arguments of meson setup
#   CHECK_ARGS <arg> ...     arguments of check.py, after the build directory
# Sets <name>_MESON_BUILD_DIR in the caller.
function(add_meson_test_project name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "PROJECT;CHECK;PYTHON;ENVIRONMENT;WRAP" "FLAGS;SETUP_ARGS;CHECK_ARGS")
    set_test_project_defaults(add_meson_test_project)
    set(wrap "")
    if(arg_WRAP)
        set(wrap --wrap "${arg_WRAP}")
    endif()
    get_meson(meson)
    set(source_dir "${CythonUfunc_SOURCE_DIR}/test-projects/${arg_PROJECT}")
    get_meson_test_project_build_dir(build_dir ${name})
    cmake_path(GET build_dir PARENT_PATH work_dir)
    set(fixtures environment.meson)
    if(arg_ENVIRONMENT)
        list(APPEND fixtures "environment.${arg_ENVIRONMENT}")
    endif()
    add_test(
        NAME ${name}.meson.setup
        COMMAND
            "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/ci/testing/meson_setup.py" "${meson}" "${source_dir}"
            "${work_dir}" --python "${arg_PYTHON}" --c-compiler "${CMAKE_C_COMPILER}" --cxx-compiler
            "${CMAKE_CXX_COMPILER}" ${wrap} --flags ${arg_FLAGS} --setup-args ${arg_SETUP_ARGS}
    )
    set_tests_properties(
        ${name}.meson.setup
        PROPERTIES FIXTURES_SETUP ${name}.meson.configured FIXTURES_REQUIRED "${fixtures}"
    )
    add_test(NAME ${name}.meson.compile COMMAND "${meson}" compile -C "${build_dir}")
    set_tests_properties(
        ${name}.meson.compile
        PROPERTIES FIXTURES_SETUP ${name}.meson.built FIXTURES_REQUIRED "${name}.meson.configured;environment.meson"
    )
    add_test(
        NAME ${name}.meson.check
        COMMAND "${arg_PYTHON}" "${CythonUfunc_SOURCE_DIR}/test-projects/${arg_CHECK}" "${build_dir}" ${arg_CHECK_ARGS}
        WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}"
    )
    set_tests_properties(
        ${name}.meson.check
        PROPERTIES FIXTURES_REQUIRED ${name}.meson.built ENVIRONMENT "PYTHONPATH=${build_dir}"
    )
    set(${name}_MESON_BUILD_DIR "${build_dir}" PARENT_SCOPE)
endfunction()

# Sets <out> to the build directory of Meson's test project <name>, which another tests.cmake may add.
function(get_meson_test_project_build_dir out name)
    set(${out} "${CMAKE_CURRENT_BINARY_DIR}/${name} meson/build" PARENT_SCOPE)
endfunction()

# Sets <out> to the newest Meson, which the fixture environment.meson installs.
function(get_meson out)
    add_test_environment(python meson meson)
    cmake_path(GET python PARENT_PATH folder) # CMake 3.21 dies of REPLACE_FILENAME with OUTPUT_VARIABLE
    set(${out} "${folder}/meson${CMAKE_HOST_EXECUTABLE_SUFFIX}" PARENT_SCOPE)
endfunction()
