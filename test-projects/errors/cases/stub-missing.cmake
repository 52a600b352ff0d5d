# EXPECT: ^add_cython_ufunc_module\(bad\): the source gone\.pyi does not exist: neither \S+/gone\.pyi nor a rule that makes it\. Correct the name, or
add_cython_ufunc_module(bad good.pyx STUB gone.pyi)
