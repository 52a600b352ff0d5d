# EXPECT: ^add_cython_ufunc_module\(bad\): the source a b\.pyx has a name with a tab, which ends a file.s name for make\. Rename it\.$
set(CMAKE_GENERATOR "Unix Makefiles")
add_cython_ufunc_module(bad "a\tb.pyx")
