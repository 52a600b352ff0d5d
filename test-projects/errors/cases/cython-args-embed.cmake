# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_ARGS '--embed=main' cannot be given: it makes a program, not a module\. Leave it out\.$
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS --embed=main)
