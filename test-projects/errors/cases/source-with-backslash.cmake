# EXPECT: ^add_cython_ufunc_module\(bad\): the source a\\b\.pyx has a name with a backslash, which CMake takes for a slash\. Rename it\.$
add_cython_ufunc_module(bad [[a\b.pyx]])
