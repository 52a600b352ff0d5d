# EXPECT: ^add_cython_ufunc_module\(bad\): no Cython source among its arguments\. Give one .* before the first keyword\.$
add_cython_ufunc_module(bad helper.c DEPENDS good.pyx)
