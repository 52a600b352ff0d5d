# EXPECT: ^add_cython_ufunc_module\(bad\): the source \$<1:x>\.pyx has a name with '\$<', which starts a generator expression of CMake\. Rename it\.$
add_cython_ufunc_module(bad "$<1:x>.pyx")
