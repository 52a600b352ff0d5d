# EXPECT: ^cython_ufunc_add_import_test\(good\): the target other \(MODULE_LIBRARY\) is not a module that Python can import\. Give a target made by add_cython_ufunc_module\(\), without STATIC\.$
add_library(other MODULE helper.c)
add_cython_ufunc_module(good good.pyx)
cython_ufunc_add_import_test(good MODULES other)
