# EXPECT: ^add_cython_ufunc_module\(bad\): INCLUDE_DIRECTORIES 'helper\.c' is a file, not a directory: \S*/helper\.c\. Give its directory; sources stand before the first keyword\.$
add_cython_ufunc_module(bad good.pyx INCLUDE_DIRECTORIES helper.c)
