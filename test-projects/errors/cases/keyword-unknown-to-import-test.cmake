# EXPECT: ^cython_ufunc_add_import_test\(good\): unknown keyword CDOE\. Did you mean CODE\? Known are: AUDIT, CODE, FILE, MODULES, NAME, PYTHONPATH\.$
add_cython_ufunc_module(good good.pyx)
cython_ufunc_add_import_test(good CDOE "good.twice(1)")
