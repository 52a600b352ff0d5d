# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_ARGS '--cache' cannot be given: Cython would then tell of no file that it depends on; CYTHON_UFUNC_CACHE has the same effect\. Leave it out\.$
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS --cache)
