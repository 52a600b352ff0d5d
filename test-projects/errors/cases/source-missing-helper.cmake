# EXPECT: ^add_cython_ufunc_module\(bad\): the source hepler\.c does not exist: 
add_cython_ufunc_module(bad good.pyx hepler.c)
