execute_process(
    COMMAND
        "${Python_EXECUTABLE}" -c
        "import sysconfig as s, os; print(os.path.join(s.get_config_var('LIBDIR') or '', s.get_config_var('LDLIBRARY') or ''))"
    OUTPUT_VARIABLE library
    OUTPUT_STRIP_TRAILING_WHITESPACE
)
if(EXISTS "${library}" AND NOT IS_DIRECTORY "${library}")
    add_test_project(static)
else()
    message(STATUS "The test project static is left out: ${Python_EXECUTABLE} has no library to embed (${library})")
endif()
