# EXPECT: ^add_cython_ufunc_module\(bad\): MODULE_NAME 'pkg\.' is not a module name\. Give a dotted name of identifiers, such as MODULE_NAME mypkg\.fastmath\.$
add_cython_ufunc_module(bad good.pyx MODULE_NAME pkg.)
