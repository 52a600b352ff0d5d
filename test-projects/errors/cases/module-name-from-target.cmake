# EXPECT: ^add_cython_ufunc_module\(fast-math\): its name 'fast-math' \(taken for the module's, as there is no MODULE_NAME\) is not a module name: it contains '-'\. Give a dotted name
add_cython_ufunc_module(fast-math good.pyx)
