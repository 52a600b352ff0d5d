# EXPECT: ^add_cython_ufunc_module\(bad\): no Cython source among its arguments\. Give one \.pyx \(or \.py\) file, before the first keyword\.$
add_cython_ufunc_module(bad helper.c)
