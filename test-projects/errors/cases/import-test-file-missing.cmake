# EXPECT: ^cython_ufunc_add_import_test\(good\): the source gone\.py does not exist: 
add_cython_ufunc_module(good good.pyx)
cython_ufunc_add_import_test(good FILE gone.py)
