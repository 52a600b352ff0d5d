# EXPECT: 'pkg\.a×b' is not a module name: 'a×b' is not a Python identifier\. Give a dotted name of identifiers, such as 'mypkg\.fastmath'\.
# BUILD
add_cython_ufunc_module(bad good.pyx MODULE_NAME pkg.a×b)
