# EXPECT: ^add_cython_ufunc_module\(bad\): a source, an include directory, or the source or build directory, has a name with \*, which Ninja .* does not read from the depfiles it gets: every build will make it again\. Rename it, or use another generator\.$
# WARNING
set(CMAKE_GENERATOR Ninja)
set(CMAKE_CURRENT_SOURCE_DIR "${CMAKE_CURRENT_BINARY_DIR}/a*b")
file(MAKE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/good.pyx" "")
add_cython_ufunc_module(bad good.pyx)
