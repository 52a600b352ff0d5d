# EXPECT: ^cython_ufunc_add_import_test\(good\): the test import\.good exists already\. Give this one another NAME\.$
enable_testing()
add_cython_ufunc_module(good good.pyx)
cython_ufunc_add_import_test(good)
cython_ufunc_add_import_test(good CODE "good.twice(1)")
