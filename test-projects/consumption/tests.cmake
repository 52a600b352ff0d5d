# The ways to get the functions into a project. All build the same module.
function(_add_consumption_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "PROJECT" "CONFIGURE_ARGS;FIXTURES")
    if(NOT arg_PROJECT)
        set(arg_PROJECT ${name})
    endif()
    add_test_project(
        consumption-${name}
        PROJECT consumption/${arg_PROJECT}
        CHECK consumption/check.py
        CONFIGURE_ARGS ${arg_CONFIGURE_ARGS}
    )
    if(arg_FIXTURES)
        set_tests_properties(consumption-${name}.configure PROPERTIES FIXTURES_REQUIRED "${arg_FIXTURES}")
    endif()
endfunction()

# An installed tree, moved to another place after its installation.
set(_first_prefix "${CMAKE_CURRENT_BINARY_DIR}/installed")
set(_prefix "${CMAKE_CURRENT_BINARY_DIR}/moved after install")
add_test(
    NAME consumption.install
    COMMAND "${CMAKE_COMMAND}" --install "${CythonUfunc_BINARY_DIR}" --prefix "${_first_prefix}"
)
add_test(
    NAME consumption.remove-old
    COMMAND "${CMAKE_COMMAND}" -E rm -rf "${_prefix}"
)
add_test(
    NAME consumption.move
    COMMAND "${CMAKE_COMMAND}" -E rename "${_first_prefix}" "${_prefix}"
)
set_tests_properties(consumption.install PROPERTIES FIXTURES_SETUP cython-ufunc-installed)
set_tests_properties(consumption.remove-old PROPERTIES FIXTURES_SETUP cython-ufunc-installed)
set_tests_properties(
    consumption.move
    PROPERTIES DEPENDS "consumption.install;consumption.remove-old" FIXTURES_SETUP cython-ufunc-installed
)
_add_consumption_test(
    find-package
    CONFIGURE_ARGS -DCythonUfunc_DIR= "-DCMAKE_PREFIX_PATH=${_prefix}"
    FIXTURES cython-ufunc-installed
)

_add_consumption_test(add-subdirectory CONFIGURE_ARGS "-DCYTHON_UFUNC_SOURCE_DIR=${CythonUfunc_SOURCE_DIR}")

# The copy that `cython-ufunc vendor` makes for a project to keep.
set(_vendored "${CMAKE_CURRENT_BINARY_DIR}/vendored cython-ufunc")
add_test(
    NAME consumption.vendor
    COMMAND
        "${CMAKE_COMMAND}" -E env "PYTHONPATH=${CythonUfunc_SOURCE_DIR}/transpiler" "${Python_EXECUTABLE}" -m
        cython_ufunc vendor "${_vendored}"
)
add_test(
    NAME consumption.remove-old-copy
    COMMAND "${CMAKE_COMMAND}" -E rm -rf "${_vendored}"
)
set_tests_properties(consumption.remove-old-copy PROPERTIES FIXTURES_SETUP cython-ufunc-vendored)
set_tests_properties(
    consumption.vendor
    PROPERTIES DEPENDS consumption.remove-old-copy FIXTURES_SETUP cython-ufunc-vendored
)
_add_consumption_test(
    vendored
    PROJECT add-subdirectory
    CONFIGURE_ARGS "-DCYTHON_UFUNC_SOURCE_DIR=${_vendored}"
    FIXTURES cython-ufunc-vendored
)

# A repository of the working tree as it is, not of its last commit.
set(_repository "${CMAKE_CURRENT_BINARY_DIR}/cython-ufunc.git")
add_test(
    NAME consumption.repository
    COMMAND
        "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/make_repository.py" "${CythonUfunc_SOURCE_DIR}"
        "${_repository}"
)
set_tests_properties(consumption.repository PROPERTIES FIXTURES_SETUP cython-ufunc-repository)
_add_consumption_test(
    fetch-content
    CONFIGURE_ARGS "-DCYTHON_UFUNC_REPOSITORY=${_repository}" "-DPython3_EXECUTABLE=${Python_EXECUTABLE}"
    FIXTURES cython-ufunc-repository
)

add_meson_test_project(consumption-wrap PROJECT consumption/meson-wrap WRAP "${_repository}")
set_tests_properties(
    consumption-wrap.meson.setup
    PROPERTIES FIXTURES_REQUIRED "environment.meson;cython-ufunc-repository"
)
