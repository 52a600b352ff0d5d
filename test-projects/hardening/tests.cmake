# Without flags of any distribution, then as Debian builds its packages.
add_test_project(hardening)
add_meson_test_project(hardening)

find_program(DPKG_BUILDFLAGS dpkg-buildflags)
if(NOT DPKG_BUILDFLAGS)
    message(STATUS "Not tested: hardening flags of Debian: dpkg-buildflags was not found (package dpkg-dev)")
    return()
endif()

# Sets <out> to the flags for <variable>, in an environment of that name.
function(get_debian_flags out variable)
    execute_process(
        COMMAND
            "${CMAKE_COMMAND}" -E env --unset=CFLAGS --unset=CXXFLAGS --unset=LDFLAGS --unset=CPPFLAGS
            "DEB_BUILD_MAINT_OPTIONS=hardening=+all optimize=+lto" "${DPKG_BUILDFLAGS}" --get ${variable}
        WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}"
        OUTPUT_VARIABLE flags
        OUTPUT_STRIP_TRAILING_WHITESPACE
        COMMAND_ERROR_IS_FATAL ANY
    )
    set(${out} "${flags}" PARENT_SCOPE)
endfunction()

# As debhelper does: CMake does not read CPPFLAGS, so that they are among the others.
get_debian_flags(_cpp CPPFLAGS)
set(_environment "")
foreach(_variable IN ITEMS CFLAGS CXXFLAGS LDFLAGS)
    get_debian_flags(_flags ${_variable})
    if(NOT _variable STREQUAL "LDFLAGS")
        string(APPEND _flags " ${_cpp}")
    endif()
    list(APPEND _environment "${_variable}=${_flags}")
endforeach()

add_test_project(
    hardening-debian
    PROJECT hardening
    CONFIGURE_ARGS -DCMAKE_BUILD_TYPE=None -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
    CHECK_ARGS ${_environment}
)
set_tests_properties(hardening-debian.configure PROPERTIES ENVIRONMENT "${_environment}")
add_meson_test_project(
    hardening-debian
    PROJECT hardening
    FLAGS ${_environment}
    SETUP_ARGS --buildtype=plain
    CHECK_ARGS ${_environment}
)
