# EXPECT: ^add_cython_ufunc_module\(bad\): DIRECTIVES 'language_level=4' is not valid: language_level directive must be one of 2, 3, 3str\. Correct it, or leave it out\.$
add_cython_ufunc_module(bad good.pyx DIRECTIVES language_level=4)
