add_test(
    NAME record
    COMMAND
        "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check.py" "${CMAKE_CURRENT_BINARY_DIR}/record" --transpiler
        "${CythonUfunc_SOURCE_DIR}/transpiler/cython_ufunc_main.py"
)
