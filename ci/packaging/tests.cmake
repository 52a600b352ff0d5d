# SPDX-License-Identifier: BSD-3-Clause
# The pip package: what is in its wheel and sdist, and the packages that `cython-ufunc init` makes.
get_meson(_meson)
add_test(
    NAME pip-package.meson
    COMMAND
        "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check_meson.py"
        "${CMAKE_CURRENT_BINARY_DIR}/pip-package meson" --meson "${_meson}"
)
set_tests_properties(pip-package.meson PROPERTIES FIXTURES_REQUIRED environment.meson)

if(Python_VERSION VERSION_LESS 3.10)
    message(STATUS "Not tested: pip-package.*, whose tools need Python 3.10 or newer; found Python ${Python_VERSION}")
    return()
endif()
get_packages_environment(_python)
set(_built "${CMAKE_CURRENT_BINARY_DIR}/pip-package built")
add_test(NAME pip-package.build COMMAND "${_python}" "${CMAKE_CURRENT_LIST_DIR}/check_build.py" "${_built}")
set_tests_properties(
    pip-package.build
    PROPERTIES FIXTURES_SETUP pip-package-built FIXTURES_REQUIRED environment.packages
)

# The installed wheel, as find_package() sees it where CMake is run by hand.
add_test_project(
    pip-package-cmake
    PROJECT consumption/find-package
    CHECK consumption/check.py
    CONFIGURE_ARGS -DCythonUfunc_DIR= "-DCMAKE_PREFIX_PATH=${_built}/site/cython_ufunc"
)
set_tests_properties(pip-package-cmake.configure PROPERTIES FIXTURES_REQUIRED pip-package-built)

foreach(build_system IN ITEMS cmake meson)
    add_test(
        NAME pip-package.init-${build_system}
        COMMAND
            "${_python}" "${CMAKE_CURRENT_LIST_DIR}/check_init.py" "${CMAKE_CURRENT_BINARY_DIR}/pip-package init"
            ${build_system} --wheels "${_built}/dist"
    )
    set_tests_properties(
        pip-package.init-${build_system}
        PROPERTIES FIXTURES_REQUIRED "environment.packages;pip-package-built"
    )
endforeach()
