# EXPECT: ^add_cython_ufunc_module\(bad\): MODULE_NAME has no value\. Give one, or leave MODULE_NAME out\.$
add_cython_ufunc_module(bad good.pyx MODULE_NAME)
