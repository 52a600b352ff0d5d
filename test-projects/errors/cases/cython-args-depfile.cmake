# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_ARGS '-M' cannot be given: the transpiler writes a depfile of its own\. Leave it out\.$
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS -M)
