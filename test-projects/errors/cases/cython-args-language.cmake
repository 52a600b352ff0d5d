# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_ARGS '--cplus' cannot be given: LANGUAGE says it\. Leave it out\.$
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS --cplus)
