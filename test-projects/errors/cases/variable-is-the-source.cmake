# EXPECT: ^cython_ufunc_transpile\(good\.pyx\): its first argument is the name of a variable, but 'good\.pyx' is that of a Cython source\. Give a name before it\.$
cython_ufunc_transpile(good.pyx)
