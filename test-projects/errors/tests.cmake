# Each file in cases/ is a mistake; the test errors.<case> has CMake make it, and checks the one error it gives.
file(
    GLOB error_cases
    CONFIGURE_DEPENDS
    RELATIVE "${CMAKE_CURRENT_LIST_DIR}/cases"
    "${CMAKE_CURRENT_LIST_DIR}/cases/*.cmake"
)
set(errors_dir "${CMAKE_CURRENT_BINARY_DIR}/errors build")
set(errors_of "${CMAKE_CURRENT_LIST_DIR}")
foreach(case IN LISTS error_cases)
    string(REGEX REPLACE "\\.cmake$" "" case "${case}")
    add_test(
        NAME errors.${case}
        COMMAND
            "${Python_EXECUTABLE}" "${errors_of}/run_case.py" ${case} "${errors_dir}" -- "${CMAKE_COMMAND}" -G
            "${CMAKE_GENERATOR}" "-DCMAKE_C_COMPILER=${CMAKE_C_COMPILER}" "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}"
            "-DPython_EXECUTABLE=${Python_EXECUTABLE}" "-DCythonUfunc_DIR=${CythonUfunc_BINARY_DIR}/package"
    )
    set_tests_properties(
        errors.${case}
        PROPERTIES SKIP_RETURN_CODE 77 FIXTURES_SETUP errors.noted FIXTURES_REQUIRED errors.nothing-wrong
    )
endforeach()
# The right call: what the other cases do wrong is all that is wrong in them.
set_tests_properties(errors.nothing-wrong PROPERTIES FIXTURES_SETUP "errors.nothing-wrong" FIXTURES_REQUIRED "")

add_test(NAME errors.complete COMMAND "${Python_EXECUTABLE}" "${errors_of}/check_complete.py" "${errors_dir}")
set_tests_properties(errors.complete PROPERTIES SKIP_RETURN_CODE 77 FIXTURES_REQUIRED errors.noted)
add_test(
    NAME errors.interrupted
    COMMAND
        "${Python_EXECUTABLE}" "${errors_of}/check_interrupted.py" "${errors_dir}/interrupted" -- "${CMAKE_COMMAND}" -G
        "${CMAKE_GENERATOR}" "-DCMAKE_C_COMPILER=${CMAKE_C_COMPILER}" "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}"
        "-DPython_EXECUTABLE=${Python_EXECUTABLE}" "-DCythonUfunc_DIR=${CythonUfunc_BINARY_DIR}/package"
)

# Rules that stand twice, in the CMake functions and in the transpiler, pass one table of cases.
add_test(
    NAME errors.rules
    COMMAND
        "${Python_EXECUTABLE}" "${errors_of}/rules/check.py" "${CMAKE_COMMAND}"
        "${CMAKE_CURRENT_BINARY_DIR}/rules build"
)
add_test(
    NAME errors.rules-of-versions
    COMMAND
        "${Python_EXECUTABLE}" "${errors_of}/rules/check_versions.py" "${CMAKE_COMMAND}"
        "${CMAKE_CURRENT_BINARY_DIR}/rules of versions build"
)
