# EXPECT: ^add_cython_ufunc_module\(bad\): the source a b\.pyx has a name with a line break, which ends a line of a rule\. Rename it\.$
add_cython_ufunc_module(bad "a\nb.pyx")
