# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_ARGS '--pre-import': Cython [0-9.]+\w* says: --pre-import needs a value\. Correct it
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS --pre-import)
