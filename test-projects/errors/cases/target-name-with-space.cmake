# EXPECT: ^add_cython_ufunc_module\(my module\): 'my module' cannot name a target, only ASCII letters, digits and any of _ \. \+ - can\. Choose another
add_cython_ufunc_module("my module" good.pyx MODULE_NAME good)
