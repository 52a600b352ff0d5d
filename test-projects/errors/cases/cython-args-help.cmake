# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_ARGS '--help' cannot be given: it translates nothing\. Leave it out\.$
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS --help)
