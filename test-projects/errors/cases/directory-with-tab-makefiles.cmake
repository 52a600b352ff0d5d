# EXPECT: ^add_cython_ufunc_module\(bad\): the source directory /home/me/a b has a name with a tab, which ends a file.s name for make \(Ninja can build there\)\. Rename it\.$
set(CMAKE_GENERATOR "Unix Makefiles")
set(CMAKE_CURRENT_SOURCE_DIR "/home/me/a\tb")
add_cython_ufunc_module(bad good.pyx)
