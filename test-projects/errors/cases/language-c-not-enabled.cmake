# EXPECT: ^add_cython_ufunc_module\(bad\): the language C is not enabled \(enabled: CXX\), but LANGUAGE is C\. Name it in project\(\.\.\. LANGUAGES C CXX\), or call enable_language\(C\) before\.$
# LANGUAGES: CXX
add_cython_ufunc_module(bad good.pyx LANGUAGE C)
