# EXPECT: ^add_cython_ufunc_module\(bad\): the source a\|b\.pyx has a name with '\|', which ends a file's name for Ninja and make\. Rename it\.$
add_cython_ufunc_module(bad "a|b.pyx")
