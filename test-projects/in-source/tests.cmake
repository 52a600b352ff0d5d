foreach(generator IN ITEMS Ninja "Unix Makefiles")
    string(MAKE_C_IDENTIFIER "${generator}" id)
    add_test(
        NAME in-source.${id}
        COMMAND
            "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check.py" "${CMAKE_CURRENT_BINARY_DIR}/in-source ${id}" --
            -G "${generator}" "-DCythonUfunc_DIR=${CythonUfunc_BINARY_DIR}/package"
            "-DPython_EXECUTABLE=${Python_EXECUTABLE}" "-DCMAKE_C_COMPILER=${CMAKE_C_COMPILER}"
            "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}"
    )
endforeach()
