# EXPECT: ^cython_ufunc_add_audit_test\(good\): the test audit\.good exists already\. Give this one another NAME\.$
enable_testing()
add_cython_ufunc_module(good good.pyx)
cython_ufunc_add_import_test(good AUDIT)
cython_ufunc_add_audit_test(good)
