# EXPECT: ^add_cython_ufunc_module\(bad\): the language CXX is not enabled \(enabled: NONE\), but Cython's output is C or C\+\+\. 
# LANGUAGES: NONE
add_cython_ufunc_module(bad good.pyx NO_NUMPY)
