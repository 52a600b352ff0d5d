# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_ARGS 'quickly' is no option of Cython [0-9.]+\w*, nor the value of one\. Leave it out\.$
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS quickly)
