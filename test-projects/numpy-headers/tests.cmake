set(_command
    "${Python_EXECUTABLE}"
    "${CMAKE_CURRENT_LIST_DIR}/check.py"
    --c-compiler
    "${CMAKE_C_COMPILER}"
    --cxx-compiler
    "${CMAKE_CXX_COMPILER}"
)
add_test(
    NAME numpy-headers.cmake
    COMMAND ${_command} "${CMAKE_CURRENT_BINARY_DIR}/numpy-headers" --cmake-package "${CythonUfunc_BINARY_DIR}/package"
)
get_meson(_meson)
add_test(
    NAME numpy-headers.meson
    COMMAND ${_command} "${CMAKE_CURRENT_BINARY_DIR}/numpy-headers meson" --meson "${_meson}"
)
set_tests_properties(numpy-headers.meson PROPERTIES FIXTURES_REQUIRED environment.meson)
