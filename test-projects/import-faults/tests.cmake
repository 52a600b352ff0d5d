add_test_project(import-faults)
add_meson_test_project(import-faults)

# The same with sanitizers in the modules, the shims and the runtime. ci/faults does the rest, and runs Valgrind.
execute_process(
    COMMAND "${CMAKE_CXX_COMPILER}" -print-file-name=libasan.so
    OUTPUT_VARIABLE libasan
    ERROR_QUIET
    OUTPUT_STRIP_TRAILING_WHITESPACE
)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND EXISTS "${libasan}")
    set(sanitizers "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined")
    add_test_project(
        import-faults-sanitized
        PROJECT import-faults
        CONFIGURE_ARGS "-DCMAKE_C_FLAGS=${sanitizers}" "-DCMAKE_CXX_FLAGS=${sanitizers}"
        CHECK_ARGS --sanitizers --only _multi
    )
else()
    message(STATUS "Not tested: imports under sanitizers: ${CMAKE_CXX_COMPILER} is not a GCC with libasan.so")
endif()
