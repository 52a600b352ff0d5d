# Rules that stand twice, in the CMake functions and in the transpiler: both pass one table of cases.
add_test(
    NAME rules.language
    COMMAND
        "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check.py" "${CMAKE_COMMAND}" "${CMAKE_CURRENT_BINARY_DIR}/rules build"
)
