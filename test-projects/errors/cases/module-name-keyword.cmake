# EXPECT: ^add_cython_ufunc_module\(bad\): MODULE_NAME 'pkg\.class' is not a module name: 'class' is a keyword of Python\. Give a dotted name
add_cython_ufunc_module(bad good.pyx MODULE_NAME pkg.class)
