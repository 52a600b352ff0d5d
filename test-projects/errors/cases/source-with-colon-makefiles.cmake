# EXPECT: ^add_cython_ufunc_module\(bad\): the source a:b\.pyx has a name with ':', which ends a rule's target for make\. Rename it\.$
set(CMAKE_GENERATOR "Unix Makefiles")
add_cython_ufunc_module(bad "a:b.pyx")
