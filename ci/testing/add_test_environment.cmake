# SPDX-License-Identifier: BSD-3-Clause

# Adds the test environment.<name>, which makes a virtual environment with the packages ARGN (pip requirements) of the
# interpreter that runs the tests. It is the fixture environment.<name>; sets <out_python> to its interpreter.
function(add_test_environment out_python name)
    set(folder "${CYTHON_UFUNC_TEST_ENVIRONMENTS}/${name}")
    if(NOT TEST environment.${name})
        add_test(
            NAME environment.${name}
            COMMAND "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/ci/common/environment.py" "${folder}" ${ARGN}
        )
        set_tests_properties(environment.${name} PROPERTIES FIXTURES_SETUP environment.${name})
        set_property(GLOBAL PROPERTY CYTHON_UFUNC_ENVIRONMENT_${name} "${ARGN}")
    endif()
    get_property(packages GLOBAL PROPERTY CYTHON_UFUNC_ENVIRONMENT_${name})
    if(NOT packages STREQUAL "${ARGN}")
        message(FATAL_ERROR "add_test_environment(${name}): asked for with '${packages}' before, with '${ARGN}' now")
    endif()
    if(CMAKE_HOST_WIN32)
        set(${out_python} "${folder}/Scripts/python.exe" PARENT_SCOPE)
    else()
        set(${out_python} "${folder}/bin/python" PARENT_SCOPE)
    endif()
endfunction()
