# EXPECT: ^add_cython_ufunc_module\(bad\): DEPENDS has an empty value, ""
add_cython_ufunc_module(bad good.pyx DEPENDS "")
