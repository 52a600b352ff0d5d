# EXPECT: ^add_cython_ufunc_module\(bad\): good\.pxd\.in is no source of the module\. Give it to cython_ufunc_expand_templates\(\), and DEPENDS the files that this makes\.$
add_cython_ufunc_module(bad good.pyx good.pxd.in)
