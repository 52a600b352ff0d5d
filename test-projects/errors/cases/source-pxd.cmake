# EXPECT: ^add_cython_ufunc_module\(bad\): good\.pxd is not a source: Cython finds it by itself, beside the \.pyx or through INCLUDE_DIRECTORIES\. Leave it out\.$
add_cython_ufunc_module(bad good.pyx good.pxd)
