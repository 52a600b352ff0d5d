# EXPECT: ^add_cython_ufunc_module\(bad\): DIRECTIVES has an empty value, ""
add_cython_ufunc_module(bad good.pyx DIRECTIVES boundscheck=False "")
