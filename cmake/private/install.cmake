# SPDX-License-Identifier: BSD-3-Clause
# The installed tree. It keeps the source tree's layout below one folder, named as find_package() looks for it, so that
# every path between its files holds in both, and wherever it is moved. It can be added as a subdirectory, and be a Meson
# subproject, like the source tree. The wheel has the same tree, installed with its package as the prefix.
include(CMakePackageConfigHelpers)

set(_cython_ufunc_install_dir "share/CythonUfunc")
configure_package_config_file(
    "${CMAKE_CURRENT_LIST_DIR}/../CythonUfuncConfig.cmake.in"
    "${CMAKE_CURRENT_BINARY_DIR}/CythonUfuncConfig.cmake"
    INSTALL_DESTINATION "${_cython_ufunc_install_dir}/cmake"
    NO_SET_AND_CHECK_MACRO
)
write_basic_package_version_file(
    "${CMAKE_CURRENT_BINARY_DIR}/CythonUfuncConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion # until 1.0
    ARCH_INDEPENDENT
)
install(
    FILES
        "${CMAKE_CURRENT_BINARY_DIR}/CythonUfuncConfig.cmake"
        "${CMAKE_CURRENT_BINARY_DIR}/CythonUfuncConfigVersion.cmake"
    DESTINATION "${_cython_ufunc_install_dir}/cmake"
)
install(
    DIRECTORY cmake meson runtime templates transpiler
    DESTINATION "${_cython_ufunc_install_dir}"
    PATTERN "__pycache__" EXCLUDE
    REGEX "/cython_ufunc/(__main__\\.py|audit|commands|doctor)$"
        EXCLUDE # commands of people, which the wheel's package has
)
install(
    FILES CMakeLists.txt LICENSE README.md meson.build meson.options
    DESTINATION "${_cython_ufunc_install_dir}"
)
unset(_cython_ufunc_install_dir)
