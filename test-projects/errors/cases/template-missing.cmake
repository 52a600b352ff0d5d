# EXPECT: ^add_cython_ufunc_module\(bad\): the source gone\.pyx\.in does not exist: neither \S+/gone\.pyx\.in nor a rule
add_cython_ufunc_module(bad gone.pyx.in)
