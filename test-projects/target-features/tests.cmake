# A compiler launcher, which notes what it runs.
set(_log "${CMAKE_CURRENT_BINARY_DIR}/target-features-launched.txt")
set(_launcher "${CMAKE_CURRENT_BINARY_DIR}/target-features-launcher")
file(WRITE "${_launcher}" "#!/bin/sh\necho \"$@\" >>'${_log}'\nexec \"$@\"\n")
file(CHMOD "${_launcher}" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
add_test_project(
    target-features
    CONFIGURE_ARGS
        -DCMAKE_BUILD_TYPE=Release
        "-DCMAKE_C_COMPILER_LAUNCHER=${_launcher}"
        "-DCMAKE_CXX_COMPILER_LAUNCHER=${_launcher}"
    CHECK_ARGS --launcher-log "${_log}"
)

# Two configurations in one build directory.
add_test_project(target-features-multi-config PROJECT target-features GENERATOR "Ninja Multi-Config" NO_BUILD)
foreach(_config IN ITEMS Debug Release)
    set(_name target-features-multi-config.${_config})
    add_test(
        NAME ${_name}.build
        COMMAND
            "${CMAKE_COMMAND}" --build "${target-features-multi-config_BUILD_DIR}" --config ${_config} --target checked
    )
    set_tests_properties(
        ${_name}.build
        PROPERTIES
            FIXTURES_SETUP ${_name}
            FIXTURES_REQUIRED target-features-multi-config.configured
            RESOURCE_LOCK target-features-multi-config
    )
    add_test(
        NAME ${_name}.check
        COMMAND "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check_configuration.py" ${_config}
    )
    set_tests_properties(
        ${_name}.check
        PROPERTIES
            FIXTURES_REQUIRED ${_name}
            ENVIRONMENT "PYTHONPATH=${target-features-multi-config_BUILD_DIR}/${_config}"
    )
endforeach()
