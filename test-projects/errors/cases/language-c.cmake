# EXPECT: ^add_cython_ufunc_module\(bad\): LANGUAGE 'c' is neither C nor CXX\. Did you mean C\? Give one of them, or leave it out\.$
add_cython_ufunc_module(bad good.pyx LANGUAGE c)
