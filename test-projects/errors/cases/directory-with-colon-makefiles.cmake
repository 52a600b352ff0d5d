# EXPECT: ^add_cython_ufunc_module\(bad\): the source directory /home/me/a:b has a name with ':', which ends a rule's target for make \(Ninja can build there\)\. Rename it\.$
set(CMAKE_GENERATOR "Unix Makefiles")
set(CMAKE_CURRENT_SOURCE_DIR "/home/me/a:b")
add_cython_ufunc_module(bad good.pyx)
