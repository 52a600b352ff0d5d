# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI has no value\. Give one, or leave STABLE_ABI out\.$
add_cython_ufunc_module(bad good.pyx STABLE_ABI)
