# EXPECT: ^add_cython_ufunc_module\(bad\): LANGUAGE 'C\+\+' is neither C nor CXX\. Did you mean CXX\? Give one of them, or leave it out\.$
add_cython_ufunc_module(bad good.pyx LANGUAGE C++)
