# EXPECT: ^add_cython_ufunc_module\(bad\): MODULE_NAME 'my-module' is not a module name: it contains '-'\. Give a dotted name of identifiers, such as MODULE_NAME mypkg\.fastmath\.$
add_cython_ufunc_module(bad good.pyx MODULE_NAME my-module)
