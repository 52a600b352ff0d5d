# EXPECT: ^cython_ufunc_add_audit_test\(good\): the target good \(STATIC_LIBRARY\) is neither a module nor a shared library\. Give what it is linked into\.$
add_cython_ufunc_module(good good.pyx STATIC)
cython_ufunc_add_audit_test(good)
