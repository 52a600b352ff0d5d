# EXPECT: ^add_cython_ufunc_module\(bad\): LANGUAGE has no value\. Give one, or leave LANGUAGE out\.$
add_cython_ufunc_module(bad good.pyx LANGUAGE)
