# EXPECT: ^add_cython_ufunc_module\(bad\): in /.*/errors: its file /.*/module-files-collide/one\.\S+ is that of add_cython_ufunc_module\(first\) in /.*/errors, too\. Give one of them another MODULE_NAME, or its target another LIBRARY_OUTPUT_DIRECTORY\.$
# AT END
add_cython_ufunc_module(first good.pyx MODULE_NAME one)
add_cython_ufunc_module(bad good.pyx MODULE_NAME one)
