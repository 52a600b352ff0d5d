# EXPECT: ^add_cython_ufunc_module\(bad\): DIRECTIVES has no value\. Give one, or leave DIRECTIVES out\.$
add_cython_ufunc_module(bad good.pyx DIRECTIVES STATIC)
