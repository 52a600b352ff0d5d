# EXPECT: ^add_cython_ufunc_module\(bad\): a target of that name exists already, added in \S*/errors\. Choose another; MODULE_NAME names the module\.$
add_cython_ufunc_module(bad good.pyx)
add_cython_ufunc_module(bad good.pyx)
