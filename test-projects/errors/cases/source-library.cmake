# EXPECT: ^add_cython_ufunc_module\(bad\): the source stuff is a target of type STATIC_LIBRARY; only an OBJECT_LIBRARY is part of a module\. Link to any other with target_link_libraries\(\)\.$
add_library(stuff STATIC helper.c)
add_cython_ufunc_module(bad good.pyx stuff)
