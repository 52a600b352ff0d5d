# EXPECT: ^cython_ufunc_transpile\(sources\): its name '2d' .* is not a module name\. Give a dotted name
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/2d.pyx" "")
cython_ufunc_transpile(sources "${CMAKE_CURRENT_BINARY_DIR}/2d.pyx")
