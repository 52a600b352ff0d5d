# SPDX-License-Identifier: BSD-3-Clause
# The installed tree. It keeps the source tree's layout below one folder, with a name that find_package() finds, so that
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

# Installs what shipped.txt lists.
function(_cython_ufunc_install_shipped destination)
    set(list_file "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/shipped.txt")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${list_file}")
    file(STRINGS "${list_file}" lines REGEX "^[^#]")
    set(files "")
    set(folders "")
    set(left_out PATTERN "__pycache__" EXCLUDE)
    foreach(line IN LISTS lines)
        if(line MATCHES "^!(.+)")
            string(REPLACE "." "\\." regex "${CMAKE_MATCH_1}")
            list(APPEND left_out REGEX "/${regex}$" EXCLUDE)
        elseif(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/${line}")
            list(APPEND folders "${line}")
        else()
            list(APPEND files "${line}")
        endif()
    endforeach()
    install(DIRECTORY ${folders} DESTINATION "${destination}" ${left_out})
    install(FILES ${files} DESTINATION "${destination}")
endfunction()
_cython_ufunc_install_shipped("${_cython_ufunc_install_dir}")
unset(_cython_ufunc_install_dir)
