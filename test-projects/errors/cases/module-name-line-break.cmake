# EXPECT: ^add_cython_ufunc_module\(bad\): MODULE_NAME .a b. is not a module name: it contains . .\. Give
add_cython_ufunc_module(bad good.pyx MODULE_NAME "a\nb")
