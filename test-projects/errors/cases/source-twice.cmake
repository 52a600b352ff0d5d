# EXPECT: ^add_cython_ufunc_module\(bad\): 2 Cython sources: good\.pyx, \./good\.pyx\.
add_cython_ufunc_module(bad good.pyx ./good.pyx)
