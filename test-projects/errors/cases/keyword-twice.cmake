# EXPECT: ^add_cython_ufunc_module\(bad\): MODULE_NAME is given twice\. Give it once\.$
add_cython_ufunc_module(bad good.pyx MODULE_NAME a MODULE_NAME b)
