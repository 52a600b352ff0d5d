# EXPECT: ^add_cython_ufunc_module\(bad\): in /.*/errors: its file /.*/lib/one\.\S+ is that of add_cython_ufunc_module\(first\) in /.*/errors, too\.
# AT END
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/lib")
add_cython_ufunc_module(first good.pyx MODULE_NAME a.one)
add_cython_ufunc_module(bad good.pyx MODULE_NAME b.one)
