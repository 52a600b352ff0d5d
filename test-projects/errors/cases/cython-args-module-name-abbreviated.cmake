# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_ARGS '--module=x' cannot be given: MODULE_NAME says it\. Leave it out\.$
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS --module=x)
