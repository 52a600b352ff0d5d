add_test_environment(other_python cython-3.0.9 cython==3.0.9 numpy)
foreach(generator IN ITEMS Ninja "Unix Makefiles")
    string(MAKE_C_IDENTIFIER "${generator}" id)
    set(other "")
    if(generator STREQUAL "Ninja")
        set(other --other-python "${other_python}")
    endif()
    add_test(
        NAME exact-rebuilds.${id}
        COMMAND
            "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check.py"
            "${CMAKE_CURRENT_BINARY_DIR}/exact-rebuilds ${id}" --generator "${generator}" --cython-ufunc
            "${CythonUfunc_SOURCE_DIR}" ${other}
    )
    set_tests_properties(exact-rebuilds.${id} PROPERTIES FIXTURES_REQUIRED environment.cython-3.0.9)
endforeach()
