# EXPECT: ^add_cython_ufunc_module\(good\.pyx\): its first argument is the name of the target, but 'good\.pyx' is that of a Cython source\. Give a name before it\.$
add_cython_ufunc_module(good.pyx)
