# EXPECT: ^cython_ufunc_add_audit_test\(god\): there is no target 'god'\. Correct the name, or add it before with add_cython_ufunc_module\(\)\.$
cython_ufunc_add_audit_test(god)
