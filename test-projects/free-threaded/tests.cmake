add_test_project(free-threaded)
add_meson_test_project(free-threaded)
execute_process(
    COMMAND "${Python_EXECUTABLE}" -c "import sysconfig; print(bool(sysconfig.get_config_var('Py_GIL_DISABLED')))"
    OUTPUT_VARIABLE _free_threaded
    OUTPUT_STRIP_TRAILING_WHITESPACE
)
if(NOT _free_threaded)
    message(STATUS "Not tested: free threads; this Python has a GIL. ci/platforms makes one without")
endif()
