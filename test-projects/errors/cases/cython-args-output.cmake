# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_ARGS '-o' cannot be given: the build names the output\. Leave it out\.$
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS -o other.c)
