# EXPECT: ^cython_ufunc_add_import_test\(good\): the target good \(STATIC_LIBRARY\) is not a module that Python can import\. Give a target made by add_cython_ufunc_module\(\), without STATIC\.$
add_cython_ufunc_module(good good.pyx STATIC)
cython_ufunc_add_import_test(good)
