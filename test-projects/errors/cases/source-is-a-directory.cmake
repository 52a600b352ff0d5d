# EXPECT: ^add_cython_ufunc_module\(bad\): the source .*folder\.pyx is a directory: .*/folder\.pyx\. Give a file\.$
file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/folder.pyx)
add_cython_ufunc_module(bad ${CMAKE_CURRENT_BINARY_DIR}/folder.pyx)
