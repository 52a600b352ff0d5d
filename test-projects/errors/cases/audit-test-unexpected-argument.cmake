# EXPECT: ^cython_ufunc_add_audit_test\(good\): unexpected argument 'audit'\. Put a keyword before it; known are: NAME\.$
add_cython_ufunc_module(good good.pyx)
cython_ufunc_add_audit_test(good audit)
