# SPDX-License-Identifier: BSD-3-Clause

# Adds the test environment.<name>, which makes a virtual environment with the packages ARGN (pip requirements) of the
# interpreter that runs the tests. It is the fixture environment.<name>; sets <out_python> to its interpreter.
function(add_test_environment out_python name)
    set(folder "${CYTHON_UFUNC_TEST_ENVIRONMENTS}/${name}")
    if(NOT TEST environment.${name})
        add_test(
            NAME environment.${name}
            COMMAND "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/ci/environment.py" "${folder}" ${ARGN}
        )
        set_tests_properties(environment.${name} PROPERTIES FIXTURES_SETUP environment.${name})
    endif()
    set(${out_python} "${folder}/bin/python" PARENT_SCOPE)
endfunction()
