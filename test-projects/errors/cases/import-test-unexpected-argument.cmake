# EXPECT: ^cython_ufunc_add_import_test\(good\): unexpected argument 'good\.twice\(1\)'\. Put a keyword before it; known are: NAME, CODE, 
add_cython_ufunc_module(good good.pyx)
cython_ufunc_add_import_test(good "good.twice(1)")
