if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    add_test(
        NAME worker.check
        COMMAND
            "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check.py" "${CMAKE_CURRENT_BINARY_DIR}/worker"
            --transpiler "${CythonUfunc_SOURCE_DIR}/transpiler/cython_ufunc_main.py"
    )
else()
    message(STATUS "Not tested: the warm transpiler's processes, which the test looks up in Linux's /proc")
endif()
