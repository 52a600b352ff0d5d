# EXPECT: ^add_cython_ufunc_module\(bad\): the language CXX is not enabled \(enabled: C\), but the init shim is C\+\+\. Name it in project\(\.\.\. LANGUAGES C CXX\), or call enable_language\(CXX\) before\.$
# LANGUAGES: C
add_cython_ufunc_module(bad good.pyx)
