# EXPECT: ^add_cython_ufunc_module\(bad\): STUB 'AUTO' is neither GENERATE nor a \.pyi file\. Give one of these, or leave STUB out\.$
add_cython_ufunc_module(bad good.pyx STUB AUTO)
