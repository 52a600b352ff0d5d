# EXPECT: ^cython_ufunc_add_import_test\(good\): PYTHONPATH 'gone' does not exist: \S*/gone\. Correct it, or leave it out\.$
add_cython_ufunc_module(good good.pyx)
cython_ufunc_add_import_test(good PYTHONPATH gone)
